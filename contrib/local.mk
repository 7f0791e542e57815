# SPDX-License-Identifier: GPL-3.0-or-later
# contrib
# The user unit; its programs' folder is known to make alone.
systemduserunit_DATA = contrib/riposte.service
EXTRA_DIST += contrib/riposte.service.in
CLEANFILES += contrib/riposte.service
contrib/riposte.service: contrib/riposte.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) contrib && \
	sed -e 's|@bindir[@]|$(bindir)|g' $(srcdir)/contrib/riposte.service.in >$@
