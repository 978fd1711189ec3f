/* SPDX-License-Identifier: MIT */
/* config_secrets.h: findings about where a configuration's secrets are. */
#pragma once

#include "config/config.h"

G_BEGIN_DECLS

void truce_config_check_secrets (const TruceConfig *config, TruceDiags *diags);

G_END_DECLS
