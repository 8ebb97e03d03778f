/* run: a story while it is played: who speaks, of which case, what came of the last act, and
 * how many of its lines have held so far. */
#ifndef STORY_RUN_H
#define STORY_RUN_H
#include "stage.h"

struct run_case { const char *name, *court, *docket; };

struct run {
	struct stage_set set;
	const char *file, *mode, *who;
	int line, passed, failed;
	struct run_case cases[26], *now;
	struct outcome last;
	const char *upload;     /* what "upload" stands for in a form */
	bool asked;             /* an act was done and not yet said to be refused */
};

/* A line holds or is printed with what was found instead. */
void run_judge(struct run *run, bool good, const char *what, const char *got);
/* The next word of a line, cut off. */
char *run_word(char **line);
/* The case spoken of, seen with the program's own eyes; false if there is none. */
bool run_docket(struct run *run, struct docket *out);
/* The sign-in name of who speaks. */
const char *run_speaker(struct run *run);
enum act run_act(struct run *run, const char *word);
/* The number of the party of this name, 0 for "court", -1 if there is none. */
int run_party(const struct docket *docket, const char *name);

#endif
