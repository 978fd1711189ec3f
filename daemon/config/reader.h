/* SPDX-License-Identifier: MIT */
/* reader.h: bytes of configuration files -> sections and their entries, each with its line. What they mean is keys.h's.
 *
 * Private to the room. inih does the parsing; what it would silently cut, merge or continue never reaches it. */
#pragma once

#include "base/arena.h"
#include "config/config.h"

G_BEGIN_DECLS

/* A file with more bad lines than this is no configuration file: its reading ends, so that a picture or a database
 * given by mistake makes a page of findings and not a million. */
#define TRUCE_CONFIG_BAD_LINES_MAX 100

typedef struct {
  const char *key;
  const char *value; /* trimmed, without its comment; "" when nothing stands there */
  unsigned line;
} TruceConfigEntry;

typedef struct {
  const char *path; /* of its file */
  const char *name; /* "milestone us-china-truce": its words, with one space between them */
  const char *kind; /* "milestone" */
  const char *id;   /* "us-china-truce"; "" none */
  unsigned line;
  int form; /* which TruceSectionKind it is, once it has been checked (keys.c); -1: none, or not as it must be */
  guint first_entry; /* its entries are document->entries[first_entry ...] */
  guint n_entries;
} TruceConfigSection;

typedef struct {
  GArray *sections; /* TruceConfigSection, in the order of the files */
  GArray *entries;  /* TruceConfigEntry */
  GPtrArray *words; /* char *: keys and kinds of sections, of which there are few, each once */
  /* Names and values. Who builds something out of the document may keep them without a copy, by a reference. */
  TruceArena *texts;
  GHashTable *names; /* char *: of the sections */
} TruceConfigDocument;

TruceConfigDocument *truce_config_document_new (void);
void truce_config_document_free (TruceConfigDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceConfigDocument, truce_config_document_free)

/* Adds the sections of `file`. A section that stands there already is a finding and left out; only [truced] may stand
 * in several files. `file->path` must outlive the document. */
void truce_config_document_read (TruceConfigDocument *document, const TruceConfigFile *file, TruceDiags *diags);

const TruceConfigSection *truce_config_document_section (const TruceConfigDocument *document, guint index);
const TruceConfigEntry *truce_config_document_entry (const TruceConfigDocument *document,
                                                     const TruceConfigSection *section, guint index);

G_END_DECLS
