/* SPDX-License-Identifier: MIT */
typedef int truce_placeholder;
