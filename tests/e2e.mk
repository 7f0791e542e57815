# SPDX-License-Identifier: GPL-3.0-or-later
# Whole runs: the small mailboxes of the rules, and a real Dovecot on loopback.
e2e_tests = tests/rules.test \
	tests/e2e-same.test tests/e2e-changes.test tests/e2e-folders.test \
	tests/e2e-interrupted.test tests/e2e-tls.test tests/e2e-login.test \
	tests/e2e-notify.test tests/e2e-setup.test tests/soak.test tests/po.test \
	tests/po-marked.test tests/po-german.test
TESTS += $(e2e_tests)
dist_check_SCRIPTS += $(e2e_tests)
dist_check_DATA += tests/po-lib.sh tests/po_pseudo.py tests/dovecot.sh tests/e2e.sh tests/rules-command.sh \
	tests/imap-proxy.py tests/imap-change.py tests/check-wire.py tests/compare-exports.py \
	tests/rules-check.py tests/maildir-to-mbox.py tests/bench-sync.sh tests/bench-sync.py \
	tests/bench-mailbox.py tests/bench-idle.sh tests/bench-latency.sh tests/bench-latency.py \
	tests/soak.sh tests/soak.py tests/soak_world.py tests/soak_check.py tests/soak_desktop.py
# File names hold ":", which no make target may: it goes as a folder.
EXTRA_DIST += tests/mail/rules
