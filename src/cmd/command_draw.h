/* command_draw: "microcourt draw SEED CANDIDATE..." repeats the draw of a judge from what the docket
 * and the notice of the bench say of it, so that nobody has to believe the court (人民法院组织法
 * art. 29; how it is reckoned stands in bench.h). */
#ifndef MC_COMMAND_DRAW_H
#define MC_COMMAND_DRAW_H

/* argv[0] is "draw". Prints the candidate that the seed gives; the candidates in the order of the list.
 * Returns 0, or 2 for arguments that are not understood. */
int command_draw(int argc, char **argv);

#endif
