/* command_verify: "microcourt verify --data data" walks the docket of every case, or of one, and says
 * where an entry or a paper is not what it was when it was made. It reads what a running court writes
 * and changes nothing; memory does not grow with the number of cases. */
#ifndef MC_COMMAND_VERIFY_H
#define MC_COMMAND_VERIFY_H
#include "../base/ctx.h"

#include <stdbool.h>

struct command_verify_sum {
	int64_t cases, entries, broken;
	bool failed;                    /* the store could not be read */
	char court[40], docket[80];     /* the case last walked */
};

/* argv[0] is "verify". One line for each broken case, then "N cases, M entries, K broken"; the read log and the
 * files that are needed the same way, with --blobs every byte of every file. Returns 0 if
 * all are whole, 1 if any is broken or the case asked for is not there, 2 for arguments that are not
 * understood, 3 if the data cannot be read. */
int command_verify(int argc, char **argv);

/* Walks every case that ctx->db shows; begin with a sum of zeros. */
void command_verify_walk(struct ctx *ctx, struct command_verify_sum *sum);

/* The same, and the read log in this data directory; prints what is broken, and both sums. */
void command_verify_all(struct ctx *ctx, const char *data, struct command_verify_sum *sum);

#endif
