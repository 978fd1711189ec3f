/* SPDX-License-Identifier: MIT */
/* backtest.h: what queries found in news that was kept, and which known moves the news would have told. */
#pragma once

#include "ctl/ctl.h"
#include "engine/simulate.h"

G_BEGIN_DECLS

/* Prints it for `config`, which was read from `path`. FALSE: that can be read no more. */
gboolean truce_print_backtest (const TruceCtl *ctl, const char *path, const TruceConfig *config, TruceTime from,
                               TruceTime to, GPtrArray *items);

G_END_DECLS
