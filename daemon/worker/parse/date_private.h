/* SPDX-License-Identifier: MIT */
/* date_private.h: the names that dates are written with, and the forms that most have. */
#pragma once

#include "base/time.h"

G_BEGIN_DECLS

#define TRUCE_DATE_UNSET -1

/* What has been read so far. */
typedef struct {
  int year, month, day; /* TRUCE_DATE_UNSET until read */
  int hour, minute, second;
  int microsecond;
  int half_day;       /* 1 am, 2 pm, 0 not said */
  int offset;         /* minutes east of UTC */
  int summer_rule;    /* TruceSummerRule */
  gboolean time;      /* hour and minute are read */
  int weekday;        /* 0 Sunday; TRUCE_DATE_UNSET: not said, or not in English */
  gboolean doubtful;  /* day and month may be each other's */
  gboolean day_first; /* and are not when both can be */
} TruceDate;

/* Which part of the year has an hour more than `offset`. */
typedef enum { TRUCE_SUMMER_NONE, TRUCE_SUMMER_AMERICAN, TRUCE_SUMMER_EUROPEAN } TruceSummerRule;

typedef enum { TRUCE_DATE_END, TRUCE_DATE_NUMBER, TRUCE_DATE_WORD, TRUCE_DATE_SIGN } TruceDateTokenKind;

typedef struct {
  TruceDateTokenKind kind;
  const char *start;
  gsize length;
  int number;
} TruceDateToken;

/* The token at `*at`, past white space. A number has nine digits at most. */
TruceDateToken truce_date_next (const char **at);
TruceDateToken truce_date_peek (const char *at);
gboolean truce_date_is_sign (TruceDateToken token, char c);

/* "+0100", "-5:30", "+1" at the sign. FALSE when no number follows. */
gboolean truce_date_read_offset (const char **at, TruceDate *date);
/* The digits of a fraction of a second, if there are any. */
void truce_date_read_fraction (const char **at, TruceDate *date);
/* "19:48", "19:48:21", "19:48:21.5"; the hour has been read. */
gboolean truce_date_read_clock (const char **at, int hour, TruceDate *date);
/* A zone, or nothing, or a comment; a word that nobody knows is taken for UTC, as RFC 5322 says. */
void truce_date_read_zone (const char **at, TruceDate *date);

/* Two digits are of this century up to 49. */
int truce_date_full_year (TruceDateToken number);

/* Each FALSE: the date is written another way, or is none. */
gboolean truce_date_read_iso (const char *at, TruceDate *date);
gboolean truce_date_read_words (const char *at, TruceDate *date);

/* Reads the two forms that nearly all dates have, from the first letter to the last. FALSE: the date may have another
 * form. */
gboolean truce_date_usual (const char *text, TruceTime *ret_at);

/* 1..12 for a month's English name of three letters, 0 for a weekday's, -1 for any other word. By far the most dates
 * have these. */
int truce_date_english_month (const char *word, gsize length);

/* 1..12 for the beginning of a month's name in one of the common languages, 0 for no month. */
int truce_date_month (const char *word, gsize length);

/* Minutes east of UTC of a zone's name ("EST", "CEST", "Z", "Asia/Seoul"), and when it has an hour more: in summer for
 * those that are of a place ("ET", "America/New_York"). FALSE: not known. */
gboolean truce_date_zone (const char *word, gsize length, int *ret_minutes, TruceSummerRule *ret_rule);

gboolean truce_date_is_on (int year, int month, int day, int weekday);

/* 0..6 for the English name of a weekday or its beginning, else TRUCE_DATE_UNSET. */
int truce_date_weekday (const char *word, gsize length);

/* 1 for "am" and the like, 2 for "pm", 0 for neither. */
int truce_date_half_day (const char *word, gsize length);

G_END_DECLS
