/* tally: how far the taking in of a list has come, and what it changed. */
#ifndef MC_TALLY_H
#define MC_TALLY_H
#include <stdint.h>

struct tally {
	int64_t all, done;              /* rows: of the file, written so far */
	int64_t added, changed;         /* of them new; unlike what was there before */
	void (*show)(const struct tally *);     /* called after each row; NULL for nobody */
};

static inline void tally_row(struct tally *tally, int64_t changed)
{
	tally->done++;
	tally->changed += changed;
	if (tally->show)
		tally->show(tally);
}

#endif
