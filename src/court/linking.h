/* linking: somebody who was named as a party before having an account is verified, and
 * finds the case: the party gets the account, the directory the case, and what was sent
 * arrives in the inbox (Online Litigation Rules arts 7, 10). */
#ifndef MC_LINKING_H
#define MC_LINKING_H
#include "../base/ctx.h"

/* Links every case that waits for this person; harmless when repeated. Opens a transaction. */
enum mc_err linking_person(struct ctx *ctx, const char *person);

#endif
