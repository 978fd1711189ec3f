/* SPDX-License-Identifier: MIT */
/* files.h: the files that are kept current: a calendar of the milestones, and metrics for Prometheus. */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _TruceFiles TruceFiles;

TruceFiles *truce_files_new (void);
/* What has changed and was not written yet is. */
void truce_files_free (TruceFiles *files);
/* Whose they are, by its configuration; it must outlive them. */
void truce_files_set_engine (TruceFiles *files, TruceEngine *engine);
/* As TruceSinkPort's `changed` has it: what it is about is written soon. */
void truce_files_note (TruceFiles *files, const char *what);
/* Writes them now, where they are to be others. */
void truce_files_write (TruceFiles *files);

G_END_DECLS
