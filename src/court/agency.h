/* agency: a party lets somebody act for it, within limits that it can change and take back;
 * the agent accepts or declines (民诉法 arts 61 to 63). What an agent does counts as the
 * party's, except where the act table asks for the party in person or special authority. */
#ifndef MC_AGENCY_H
#define MC_AGENCY_H
#include "act.h"

struct agency_row { int number, party; const char *person, *name, *kind, *scope, *state; };

enum mc_err agency_list(struct ctx *ctx, const struct docket *docket, struct agency_row **out, size_t *count);

extern const struct act_special agency_grant, agency_accept, agency_decline, agency_change, agency_revoke;

#endif
