# SPDX-License-Identifier: GPL-3.0-or-later
# libstream.a: the records
