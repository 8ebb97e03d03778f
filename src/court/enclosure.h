/* enclosure: the files that came with the acts of a case, and who may open them: the
 * court all of them, a party its own, the evidence, and what came with acts whose papers
 * are served on it (民诉法 arts 52, 71). */
#ifndef MC_ENCLOSURE_H
#define MC_ENCLOSURE_H
#include "docket.h"
#include "../law/field.h"

/* The file with this digest in a case. MC_UNKNOWN without a
 * reason if there is none that the person of docket may open. */
enum mc_err enclosure_find(struct ctx *ctx, const struct docket *docket, const char *digest, struct field_file *out);

/* The same among the files of one act's form. Only fields that ask for a file count: what
 * somebody typed elsewhere may look like a file and name one that is not theirs. */
bool enclosure_in(struct ctx *ctx, enum act act, const struct form *form, const char *digest, struct field_file *out);

#endif
