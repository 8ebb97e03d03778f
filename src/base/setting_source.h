/* setting_source: where settings come from. The configuration file has one setting a
 * line, "name = value"; empty lines and lines that begin with # are passed over, and a
 * value goes to the end of its line. The environment says MICROCOURT_NAME, in capitals
 * and with _ for each dot; the command line says --name value, or --name=value, or for
 * what is on or off --name alone. The command line counts most, the file least. */
#ifndef MC_SETTING_SOURCE_H
#define MC_SETTING_SOURCE_H
#include "ctx.h"

#include <stddef.h>

#define SETTING_SOURCE_SYSTEM "/etc/microcourt/microcourt.conf"

/* Reads all three. The file is that of --config, else of MICROCOURT_CONFIG ("" for none), else
 * microcourt.conf in the data directory if it is there, else SETTING_SOURCE_SYSTEM if it is there.
 * Words of the command line that are no options are left in argv, and counted in *argc.
 * MC_INVALID with every fault there is, each with its place, in ctx->why. */
enum mc_err setting_source_read(struct ctx *ctx, int *argc, char **argv, char *const *environment);

/* Takes the settings of one file that is here already; name is for what is said about it. */
enum mc_err setting_source_file(struct ctx *ctx, const char *name, const char *bytes, size_t n);

#endif
