# SPDX-License-Identifier: GPL-3.0-or-later
# packages.sh - what riposte needs on Debian, and how it gets installed
#
# Sourced by quickstart, check and package.

BUILD_PACKAGES="autoconf automake gcc gettext make pkg-config libc6-dev libglib2.0-dev
libetpan-dev libsqlite3-dev libnotify-dev libgmime-3.0-dev libjson-glib-dev
libsecret-1-dev libseccomp-dev libical-dev glib-networking libsasl2-modules ca-certificates"

TEST_PACKAGES="locales python3 python3-gi python3-dbus python3-dbusmock dbus dovecot-imapd dunst
xvfb xdotool libfaketime openssl mandoc procps libglib2.0-bin
desktop-file-utils appstream libxml2-utils systemd
bash bash-completion zsh fish chromium shared-mime-info khard python3-vobject
gir1.2-ebookcontacts-1.2
r-base-core r-cran-survival r-cran-glmnet"

# For contrib/package alone.
PACKAGE_PACKAGES="debhelper dpkg-dev fakeroot lintian"

# Installs those of the packages named that are missing, and says which.
install_missing() {
    missing=
    for package in "$@"; do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
        "install ok installed") ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "this is not a Debian: please install what these hold:$missing" >&2
        return 1
    fi
    echo "Installing what is missing:$missing"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
        echo "(sudo may ask for your password)"
    fi
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null || true
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
        --no-install-recommends $missing >apt.log 2>&1 || {
        tail -n 20 apt.log >&2
        echo "apt-get could not install them (see above)" >&2
        return 1
    }
    rm -f apt.log
}

# Builds in the folder named, from nothing if need be; more arguments go to configure.
build_in() {
    folder=$1
    shift
    [ -x configure ] || autoreconf -fi >"$folder.log" 2>&1 || {
        cat "$folder.log" >&2
        return 1
    }
    mkdir -p "$folder"
    top=$(pwd)
    (
        cd "$folder" || exit 1
        [ -f Makefile ] || "$top/configure" --quiet "$@" || exit 1
        make -s -j"$(nproc)"
    ) >"$folder.log" 2>&1 || {
        tail -n 30 "$folder.log" >&2
        echo "the build failed; all of it is in $folder.log" >&2
        return 1
    }
}
