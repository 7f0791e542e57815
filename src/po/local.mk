# SPDX-License-Identifier: GPL-3.0-or-later
# Translations: a .po a language. `make update-po` takes new strings of the sources into
# each; tests/po.test says whether one is missing.
LINGUAS = de

XGETTEXT_OPTIONS = --force-po --from-code=UTF-8 --package-name=riposte --add-comments=TRANSLATORS \
	--keyword --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 \
	--msgid-bugs-address='$(PACKAGE_BUGREPORT)' --sort-by-file --add-location=file \
	--no-wrap

po_files = $(LINGUAS:%=src/po/%.po)
mo_files = $(LINGUAS:%=po/%/LC_MESSAGES/riposte.mo)
EXTRA_DIST += $(po_files)
CLEANFILES += $(mo_files) po/riposte.pot

if NLS
all-local: $(mo_files)
install-data-local: install-po
uninstall-local: uninstall-po
endif

$(mo_files): $(po_files)
	$(AM_V_GEN)language=$@; language=$${language#po/}; language=$${language%%/*}; \
	$(MKDIR_P) po/$$language/LC_MESSAGES && \
	$(MSGFMT) --check -o $@ $(srcdir)/src/po/$$language.po

# What xgettext finds in the sources, in the order of the files.
po/riposte.pot: $(po_files) force-po
	$(AM_V_GEN)$(MKDIR_P) po && cd $(srcdir) && \
	$(XGETTEXT) $(XGETTEXT_OPTIONS) -o $(abs_builddir)/$@ src/*.c src/*/*.c src/*/*.h
update-po: po/riposte.pot
	for language in $(LINGUAS); do \
		$(MSGMERGE) --quiet --update --backup=none --no-fuzzy-matching --no-wrap \
			--sort-by-file $(srcdir)/src/po/$$language.po po/riposte.pot || exit 1; \
	done
force-po:
.PHONY: update-po force-po install-po uninstall-po

install-po: $(mo_files)
	for language in $(LINGUAS); do \
		$(MKDIR_P) '$(DESTDIR)$(localedir)'/$$language/LC_MESSAGES && \
		$(INSTALL_DATA) po/$$language/LC_MESSAGES/riposte.mo \
			'$(DESTDIR)$(localedir)'/$$language/LC_MESSAGES/riposte.mo || exit 1; \
	done
uninstall-po:
	for language in $(LINGUAS); do \
		rm -f '$(DESTDIR)$(localedir)'/$$language/LC_MESSAGES/riposte.mo; \
	done
