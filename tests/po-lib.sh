# SPDX-License-Identifier: GPL-3.0-or-later
# po-lib.sh - sourced by tests/po-*.test: a language of which no program has a word
#
# speak_pseudo FOLDER sets all that a program needs to speak it, in whose texts each
# Latin letter of ours is a Cyrillic one: a Latin letter was not translated. Names of
# days and months come from a Russian locale.

# LOCPATH makes the C library leak.
LSAN_OPTIONS=print_suppressions=0:suppressions=$top_srcdir/tests/lsan.supp
export LSAN_OPTIONS

# pseudo_needs: prints what is missing; nothing if all is there.
pseudo_needs() {
    for tool in msgfmt xgettext localedef; do
        command -v "$tool" >/dev/null 2>&1 || echo "$tool"
    done
    [ -e /usr/share/i18n/locales/ru_RU ] || echo 'the source of locales'
}

# make_pot: what xgettext finds now
make_pot() {
    env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s -C "$top_builddir" po/riposte.pot
}

# add_locale FOLDER NAME: into FOLDER/locale
add_locale() {
    mkdir -p "$1/locale"
    localedef -i "$2" -f UTF-8 "$1/locale/$2.UTF-8" 2>/dev/null
}

# make_pseudo FOLDER: the locale, the catalogue and as_pseudo, which runs a command so
make_pseudo() {
    make_pot
    add_locale "$1" ru_RU
    mkdir -p "$1/xx/LC_MESSAGES"
    "${PYTHON3:-python3}" "$top_srcdir/tests/po_pseudo.py" po \
        "$top_builddir/po/riposte.pot" >"$1/xx.po" &&
        msgfmt --check-format -o "$1/xx/LC_MESSAGES/riposte.mo" "$1/xx.po" || exit 99
    pseudo=$1
}
as_pseudo() {
    env LOCPATH="$pseudo/locale" LC_ALL=ru_RU.UTF-8 LANGUAGE=xx TEXTDOMAINDIR="$pseudo" "$@"
}
