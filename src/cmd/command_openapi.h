/* command_openapi: "microcourt openapi" prints the description of the interface for programs, the
 * same bytes that the server answers for /openapi.json. */
#ifndef MC_COMMAND_OPENAPI_H
#define MC_COMMAND_OPENAPI_H

/* argv[0] is "openapi"; there are no options. Returns the exit status: 0, 1 if it could not be
 * written, 2 for arguments. */
int command_openapi(int argc, char **argv);

#endif
