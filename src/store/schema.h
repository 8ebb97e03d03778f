/* schema: brings a store up to this program's schema. The files sql/NNNN_noun.sql
 * are carried in the program, applied in order, each once, forward only. */
#ifndef MC_SCHEMA_H
#define MC_SCHEMA_H
#include "../base/ctx.h"
#include "../base/embed.h"

/* Applies what is missing, each file with its record in one transaction. Refuses
 * with MC_CONFLICT, and leaves the store as it was, when a file that was applied
 * has since been changed (schema.changed, {1} its name), or when the store has had
 * a file that this program does not know, so is newer (schema.newer, {1}). */
enum mc_err schema_apply(struct ctx *ctx);

/* Whether all of them have been applied, unchanged, and no others: MC_CONFLICT if not. */
enum mc_err schema_check(struct ctx *ctx);

/* Only looks: MC_OK if the store has exactly this program's schema, else as above, or
 * schema.older, {1} the first file that is missing. */
enum mc_err schema_current(struct ctx *ctx);

/* schema_apply() with files of the caller's, in any order, ending with name NULL. */
enum mc_err schema_apply_files(struct ctx *ctx, const struct embed *files);

#endif
