/* SPDX-License-Identifier: MIT */
/* What the checks of trucectl doctor share. */
#pragma once

#include "config/config.h"
#include "ctl/ctl.h"

G_BEGIN_DECLS

typedef enum { TRUCE_VERDICT_GOOD, TRUCE_VERDICT_UNKNOWN, TRUCE_VERDICT_BAD } TruceVerdict;

typedef struct {
  TruceCtl *ctl;
  TruceConfig *config; /* NULL: it has errors, or is not there */
  json_t *status;      /* of the running truced; NULL: there is none */
  guint n_bad;
} TruceDoctor;

/* One line, and what is to be done where it is not good (`advice`; NULL nothing). */
void truce_doctor_report (TruceDoctor *doctor, TruceVerdict verdict, const char *what, const char *advice,
                          const char *format, ...) G_GNUC_PRINTF (5, 6);

/* doctor_system.c: what the machine has. */
void truce_doctor_check_clock (TruceDoctor *doctor);
void truce_doctor_check_sinks (TruceDoctor *doctor);
/* Is it the system's truced, which its unit confines? */
gboolean truce_doctor_is_confined (const TruceDoctor *doctor);
/* Is `path` below a folder that the system service has another of, or none? */
gboolean truce_doctor_is_hidden (const char *path);

/* doctor_reach.c: files that are kept current, and hosts. */
void truce_doctor_check_file (TruceDoctor *doctor, const TruceSink *sink);
void truce_doctor_check_host (TruceDoctor *doctor, const TruceSink *sink);

G_END_DECLS
