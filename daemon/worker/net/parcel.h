/* SPDX-License-Identifier: MIT */
/* parcel.h: one DELIVER, a request or a mail that is brought somewhere, to one DELIVERED. */
#pragma once

#include "worker/net/handle.h"

G_BEGIN_DECLS

typedef struct _TruceParcel TruceParcel;

/* `deliver` is a DELIVER payload; `settings` must outlive the parcel. */
TruceParcel *truce_parcel_new (GVariant *deliver, const TruceNetSettings *settings);
/* Its handle must be out of the multi handle before. */
void truce_parcel_free (TruceParcel *parcel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceParcel, truce_parcel_free)

/* The handle to add to the multi handle; CURLOPT_PRIVATE is the parcel. */
CURL *truce_parcel_easy (TruceParcel *parcel);

/* FALSE: it cannot be brought, and the answer is ready. */
gboolean truce_parcel_begin (TruceParcel *parcel);
void truce_parcel_ended (TruceParcel *parcel, CURLcode code);

/* The DELIVERED payload, once it is ready. (transfer full, floating) */
GVariant *truce_parcel_answer (TruceParcel *parcel);

G_END_DECLS
