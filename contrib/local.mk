# SPDX-License-Identifier: GPL-3.0-or-later
# contrib: what a desktop, a session and a shell find riposte by
# Its programs' folder is known to make alone.
systemduserunit_DATA = contrib/riposte.service contrib/riposte-report.service
dist_systemduserunit_DATA = contrib/riposte-report.timer
dbussessionservice_DATA = contrib/org.riposte.Daemon1.service
EXTRA_DIST += contrib/riposte-report.service.in contrib/riposte.service.in contrib/org.riposte.Daemon1.service.in
CLEANFILES += $(systemduserunit_DATA) $(dbussessionservice_DATA)
SERVICE = $(AM_V_GEN)$(MKDIR_P) contrib && sed -e 's|@bindir[@]|$(bindir)|g'
contrib/riposte.service: contrib/riposte.service.in Makefile
	$(SERVICE) $(srcdir)/contrib/riposte.service.in >$@
contrib/riposte-report.service: contrib/riposte-report.service.in Makefile
	$(SERVICE) $(srcdir)/contrib/riposte-report.service.in >$@
contrib/org.riposte.Daemon1.service: contrib/org.riposte.Daemon1.service.in Makefile
	$(SERVICE) $(srcdir)/contrib/org.riposte.Daemon1.service.in >$@

desktopdir = $(datadir)/applications
dist_desktop_DATA = contrib/riposte.desktop
metainfodir = $(datadir)/metainfo
dist_metainfo_DATA = contrib/org.riposte.Riposte.metainfo.xml
icondir = $(datadir)/icons/hicolor/scalable/apps
dist_icon_DATA = contrib/icons/riposte.svg
symbolicicondir = $(datadir)/icons/hicolor/symbolic/apps
dist_symbolicicon_DATA = contrib/icons/riposte-symbolic.svg

# A cache of the icons that is older than their folder is not read.
touch-icons:
	-touch '$(DESTDIR)$(datadir)/icons/hicolor'
INSTALL_DATA_HOOKS += touch-icons
.PHONY: touch-icons

TESTS += tests/install.test
dist_check_SCRIPTS += tests/install.test

# The completions ask riposte itself, so that they know what it knows. bash looks for the
# command's own name, zsh for one with _ before it.
dist_zshcompletion_DATA = contrib/completion/_riposte
dist_fishcompletion_DATA = contrib/completion/riposte.fish
nodist_bashcompletion_DATA = contrib/completion/riposte
EXTRA_DIST += contrib/completion/riposte.bash
CLEANFILES += $(nodist_bashcompletion_DATA)
contrib/completion/riposte: contrib/completion/riposte.bash
	$(AM_V_GEN)$(MKDIR_P) contrib/completion && \
	cp $(srcdir)/contrib/completion/riposte.bash $@
TESTS += tests/completion.test
dist_check_SCRIPTS += tests/completion.test
dist_check_DATA += tests/shell.py
