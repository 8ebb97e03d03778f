/* command_limit: "microcourt limit 15日 2026-09-16" says on which day a period ends, and how it is
 * counted (民诉法第85条, 民法典第202条). The first line is the day alone, for other programs; the
 * reasons follow for people. */
#ifndef MC_COMMAND_LIMIT_H
#define MC_COMMAND_LIMIT_H

/* argv[0] is "limit". Takes a period, or the code of a statutory one ("ANSWER"), and the day of the
 * event. Options --no-roll (do not go on past rest days) and --english. Returns the exit
 * status: 0, or 2 for arguments that are not understood, which it says on the error output. */
int command_limit(int argc, char **argv);

#endif
