/* awaiting: parties who are named in a case by their identity number and have no
 * verified account yet (a defendant, most of all: Online Litigation Rules, art.
 * 10). When such a person is verified, the caller takes the rows and links the
 * cases. The number lies here only as a digest. */
#ifndef MC_AWAITING_H
#define MC_AWAITING_H
#include "person.h"

struct awaiting_row {
	const char *home, *docket;      /* the court's code, the case's id */
	int party;                      /* its number in the case */
};

/* Remembers that a party of a case waits for the person with this number; twice is
 * harmless. In a transaction only. */
enum mc_err awaiting_add(struct ctx *ctx, enum person_kind kind, const char *number,
			 const char *home, const char *docket, int party);

/* Hands over and removes what waits for this number. In a transaction only. */
enum mc_err awaiting_take(struct ctx *ctx, enum person_kind kind, const char *number,
			  struct awaiting_row **out, size_t *count);

#endif
