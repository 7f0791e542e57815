# SPDX-License-Identifier: GPL-3.0-or-later
# dovecot.sh - a real Dovecot, 2.3 or 2.4, on loopback, for tests; to be sourced
#
# Needs $work, a temporary folder of the test's. One server at a time:
#
#   dovecot_is_there || skip_all "..."      is it installed?
#   dovecot_make_certificates               once; $work/tls/{ca,other-ca}.pem
#   dovecot_prepare MAILDIR                 a copy of that tree becomes the mail of ada
#   dovecot_start ["more configuration"]    sets $imap_port, $imaps_port, $dovecot_log
#   dovecot_stop                            also what to call at exit
#
# Users: ada, password "secret"; odd, password $dovecot_odd_password. 127.0.0.1 has a
# good certificate (for it and localhost), 127.0.0.2 one for another host, 127.0.0.3
# one of an unknown authority, 127.0.0.4 one that has expired.
#
# Dovecot runs without any rights: as the caller, or, as the mail of root cannot be
# served, as nobody. Its indexes and UID lists stay outside the mail.

dovecot_odd_password=$(printf 'p "a\\ss w\303\266rd')
dovecot_pid=

PATH=$PATH:/usr/sbin:/sbin

dovecot_is_there()
{
    command -v dovecot >/dev/null && command -v openssl >/dev/null &&
        case $(dovecot --version) in 2.[34].*) ;; *) return 1 ;; esac &&
        { [ "$(id -u)" != 0 ] || command -v setpriv >/dev/null; }
}

# Makes this shell a command, run by whoever Dovecot runs as.
dovecot_become()
{
    if [ "$(id -u)" = 0 ]; then
        exec setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups "$@"
    else
        exec "$@"
    fi
}

dovecot_run_as()
{
    (dovecot_become "$@")
}

# --- certificates ---

# dovecot_make_ca NAME
dovecot_make_ca()
{
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -days 30 -subj "/CN=riposte test $1" -keyout "$work/tls/$1.key" \
        -addext keyUsage=critical,keyCertSign,cRLSign \
        -out "$work/tls/$1.pem" 2>"$work/tls/log" || return 1
    : >"$work/tls/$1.txt"
    echo 01 >"$work/tls/$1.serial"
    cat >"$work/tls/$1.cnf" <<END
[ca]
default_ca = here
[here]
dir = $work/tls
new_certs_dir = $work/tls
database = $work/tls/$1.txt
serial = $work/tls/$1.serial
certificate = $work/tls/$1.pem
private_key = $work/tls/$1.key
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
END
}

# dovecot_make_certificate NAME CA ALTERNATIVE-NAMES FROM UNTIL (YYYYMMDDHHMMSSZ)
dovecot_make_certificate()
{
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -subj "/CN=$1" -addext "subjectAltName=$3" -keyout "$work/tls/$1.key" \
        -out "$work/tls/$1.csr" 2>>"$work/tls/log" &&
        openssl ca -batch -notext -config "$work/tls/$2.cnf" -startdate "$4" \
            -enddate "$5" -in "$work/tls/$1.csr" -out "$work/tls/$1.pem" 2>>"$work/tls/log"
}

dovecot_make_certificates()
{
    mkdir -p "$work/tls"
    dovecot_make_ca ca && dovecot_make_ca other-ca || return 1
    _from=$(date -u -d '-1 day' +%Y%m%d%H%M%SZ)
    _until=$(date -u -d '+20 days' +%Y%m%d%H%M%SZ)
    dovecot_make_certificate good ca DNS:localhost,IP:127.0.0.1 "$_from" "$_until" &&
        dovecot_make_certificate wrong-host ca DNS:mail.example.org "$_from" "$_until" &&
        dovecot_make_certificate unknown-ca other-ca IP:127.0.0.3 "$_from" "$_until" &&
        dovecot_make_certificate expired ca IP:127.0.0.4 20200101000000Z 20200201000000Z
}

# --- the mail ---

# A copy of a Maildir++ tree, each file's time set from its name as a server
# shows it (INTERNALDATE). Without an argument: an empty mailbox.
dovecot_prepare()
{
    dovecot_root=$work/dovecot
    dovecot_mail=$dovecot_root/mail
    mkdir -p "$dovecot_root"
    rm -rf "$dovecot_mail" "$dovecot_root/index" "$dovecot_root/control"
    if [ $# -gt 0 ]; then
        cp -R "$1" "$dovecot_mail"
        chmod -R u+rwX "$dovecot_mail"
    fi
    mkdir -p "$dovecot_mail/cur" "$dovecot_mail/new" "$dovecot_mail/tmp"
    "$PYTHON3" - "$dovecot_mail" <<'END'
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        seconds = name.split(".")[0]
        if seconds.isdigit():
            os.utime(os.path.join(folder, name), (int(seconds), int(seconds)))
for folder in [sys.argv[1]] + [e.path for e in os.scandir(sys.argv[1]) if e.name[0] == "."]:
    for sub in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(folder, sub), exist_ok=True)
END
    dovecot_give_away
}

# What is below $dovecot_root belongs to whoever Dovecot runs as.
dovecot_give_away()
{
    if [ "$(id -u)" = 0 ]; then
        chmod 711 "$work"
        chown -R "nobody:$(id -g nobody)" "$dovecot_root"
    fi
}

# --- what 2.3 and 2.4 call by different names ---

dovecot_is_2_3()
{
    case $(dovecot --version) in 2.3.*) ;; *) return 1 ;; esac
}

# The beginning of a configuration: a version, and how users log in.
dovecot_login_configuration()
{
    if dovecot_is_2_3; then
        echo 'disable_plaintext_auth = no'
        _users_setting=args
    else
        echo 'dovecot_config_version = 2.4.0'
        echo 'dovecot_storage_version = 2.4.0'
        echo 'auth_allow_cleartext = yes'
        _users_setting=passwd_file_path
    fi
    cat <<END
passdb passwd-file {
  driver = passwd-file
  $_users_setting = $dovecot_root/users
}
END
}

# dovecot_mail_location FOLDER
dovecot_mail_location()
{
    if dovecot_is_2_3; then
        echo "mail_location = maildir:$1:INDEX=~/index:CONTROL=~/control"
    else
        echo 'mail_driver = maildir'
        echo "mail_path = $1"
        echo 'mail_index_path = ~/index'
        echo 'mail_control_path = ~/control'
    fi
}

# dovecot_certificate NAME
dovecot_certificate()
{
    if dovecot_is_2_3; then
        echo "ssl_cert = <$dovecot_root/tls/$1.pem"
        echo "ssl_key = <$dovecot_root/tls/$1.key"
    else
        echo "ssl_server_cert_file = $dovecot_root/tls/$1.pem"
        echo "ssl_server_key_file = $dovecot_root/tls/$1.key"
    fi
}

# dovecot_token_configuration FOLDER: tokens are signed with a key in it, "sub" is the user
dovecot_token_configuration()
{
    if dovecot_is_2_3; then
        cat >"$dovecot_root/oauth2" <<END
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$1/
username_attribute = sub
END
        printf 'passdb oauth2 {\n driver = oauth2\n mechanisms = xoauth2\n args = %s\n}\n' \
            "$dovecot_root/oauth2"
    else
        cat <<END
oauth2 {
  introspection_mode = local
  username_attribute = sub
}
oauth2_local_validation {
  dict fs {
    fs posix {
      prefix = $1/
    }
  }
}
END
    fi
}

# The lines of the log that tell of a login.
dovecot_logins()
{
    grep -E 'Info: (Login|Logged in): ' "$dovecot_log"
}

# --- the configuration ---

dovecot_find_ports()
{
    "$PYTHON3" -c '
import socket
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*[s.getsockname()[1] for s in held])'
}

dovecot_tls_configuration()
{
    if [ ! -d "$work/tls" ]; then
        echo 'ssl = no'
        return
    fi
    rm -rf "$dovecot_root/tls"
    cp -R "$work/tls" "$dovecot_root/tls"
    echo 'ssl = yes'
    dovecot_certificate good
    for _pair in 127.0.0.2,wrong-host 127.0.0.3,unknown-ca 127.0.0.4,expired; do
        echo "local ${_pair%,*} {"
        dovecot_certificate "${_pair#*,}"
        echo '}'
    done
}

dovecot_write_configuration()
{
    _user=$(dovecot_run_as id -un)
    _group=$(dovecot_run_as id -gn)
    dovecot_login_configuration
    dovecot_mail_location "$dovecot_mail"
    cat <<END
protocols = imap
base_dir = $dovecot_root/run
state_dir = $dovecot_root/state
log_path = $dovecot_log
listen = 127.0.0.1, 127.0.0.2, 127.0.0.3, 127.0.0.4
default_internal_user = $_user
default_internal_group = $_group
default_login_user = $_user
first_valid_uid = 1
first_valid_gid = 1
auth_mechanisms = plain login scram-sha-256
auth_failure_delay = 0
mail_uid = $_user
mail_gid = $_group
mail_home = $dovecot_root
mail_fsync = never
userdb static {
  driver = static
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \\Sent
  }
  mailbox Junk {
    special_use = \\Junk
  }
  mailbox Trash {
    special_use = \\Trash
  }
  mailbox Drafts {
    special_use = \\Drafts
  }
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $imap_port
  }
  inet_listener imaps {
    port = $imaps_port
  }
}
END
    dovecot_tls_configuration
    echo "$1"
}

# --- the server ---

dovecot_write_users()
{
    printf 'ada:{PLAIN}secret\n'
    printf 'odd:{PLAIN}%s\n' "$dovecot_odd_password"
}

# Waits until the port answers; false if the server is gone before.
dovecot_await()
{
    "$PYTHON3" - "$1" "$2" <<'END'
import os, socket, sys, time
for _ in range(600):
    try:
        with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=30) as s:
            sys.exit(0 if s.recv(4) == b"* OK" else 1)
    except ConnectionRefusedError:
        os.kill(int(sys.argv[2]), 0)
        time.sleep(0.05)
sys.exit(1)
END
}

dovecot_try_start()
{
    set -- "$1" $(dovecot_find_ports)
    imap_port=$2 imaps_port=$3
    dovecot_write_configuration "$1" >"$dovecot_root/conf"
    dovecot_write_users >"$dovecot_root/users"
    dovecot_give_away
    (dovecot_become dovecot -F -c "$dovecot_root/conf" >>"$dovecot_log" 2>&1) &
    dovecot_pid=$!
    dovecot_await "$imap_port" "$dovecot_pid" 2>/dev/null && return
    dovecot_stop
    return 1
}

# Another program may take a port before Dovecot does: so three times.
dovecot_start()
{
    dovecot_log=$dovecot_root/log
    mkdir -p "$dovecot_root/run" "$dovecot_root/state"
    : >>"$dovecot_log"
    for _ in 1 2 3; do
        dovecot_try_start "${1-}" && return
    done
    sed 's/^/# /' "$dovecot_log"
    return 1
}

dovecot_stop()
{
    [ -n "$dovecot_pid" ] || return 0
    kill "$dovecot_pid" 2>/dev/null
    wait "$dovecot_pid" 2>/dev/null
    dovecot_pid=
}

# dovecot_doveadm ARGUMENT ...
dovecot_doveadm()
{
    dovecot_run_as doveadm -c "$dovecot_root/conf" "$@"
}
