/* SPDX-License-Identifier: MIT */
#include "worker/net/trade.h"

#include "worker/net/parcel.h"
#include "worker/net/transfer.h"

/* --- fetching --- */

static gpointer
begin_fetch (GVariant *request, const TruceNetSettings *settings, gboolean *ret_ready)
{
  TruceTransfer *transfer = truce_transfer_new (request, settings);

  *ret_ready = !truce_transfer_begin (transfer);
  return transfer;
}

static CURL *
easy_of_fetch (gpointer errand)
{
  return truce_transfer_easy (errand);
}

static gboolean
hop_ended (gpointer errand, CURLcode code)
{
  return truce_transfer_hop_ended (errand, code);
}

static GVariant *
answer_fetch (gpointer errand)
{
  return truce_transfer_answer (errand);
}

static void
free_fetch (gpointer errand)
{
  truce_transfer_free (errand);
}

/* --- delivering --- */

static gpointer
begin_delivery (GVariant *request, const TruceNetSettings *settings, gboolean *ret_ready)
{
  TruceParcel *parcel = truce_parcel_new (request, settings);

  *ret_ready = !truce_parcel_begin (parcel);
  return parcel;
}

static CURL *
easy_of_delivery (gpointer errand)
{
  return truce_parcel_easy (errand);
}

static gboolean
delivery_ended (gpointer errand, CURLcode code)
{
  truce_parcel_ended (errand, code);
  return FALSE;
}

static GVariant *
answer_delivery (gpointer errand)
{
  return truce_parcel_answer (errand);
}

static void
free_delivery (gpointer errand)
{
  truce_parcel_free (errand);
}

const TruceNetTrade truce_net_fetching = { TRUCE_WIRE_FETCH, TRUCE_WIRE_FETCHED, begin_fetch, easy_of_fetch,
                                           hop_ended,        answer_fetch,       free_fetch };

const TruceNetTrade truce_net_delivering = { TRUCE_WIRE_DELIVER, TRUCE_WIRE_DELIVERED, begin_delivery, easy_of_delivery,
                                             delivery_ended,     answer_delivery,      free_delivery };
