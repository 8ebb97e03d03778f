/* command_routes: "microcourt routes" prints every address the court answers, one a line, and who
 * may ask for it. It is what a review of access begins from, and what the test of roles and
 * addresses is held against (在线诉讼规则第5条：平台的安全). */
#ifndef MC_COMMAND_ROUTES_H
#define MC_COMMAND_ROUTES_H

/* argv[0] is "routes"; there are no options. Prints lines of JSON, {"method", "path", "flags"}, in the
 * order of the page tables. Returns the exit status: 0, or 2 for arguments. */
int command_routes(int argc, char **argv);

#endif
