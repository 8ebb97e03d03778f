/* command_fee: "microcourt fee property 105900.00" says what the court fee is, and how it is
 * reckoned by the Measures on the Payment of Litigation Costs (诉讼费用交纳办法). The first line
 * is the fee alone, for other programs; the reasons follow for people. */
#ifndef MC_COMMAND_FEE_H
#define MC_COMMAND_FEE_H

/* argv[0] is "fee". Options --halve and --english. Returns the exit status: 0, or 2 for
 * arguments that are not understood, which it says on the error output. */
int command_fee(int argc, char **argv);

#endif
