/* command: what can be asked of microcourt on the command line. A command is one
 * file, command_NAME.c, with one function; it takes its own name as argv[0] and
 * returns the exit code: 0 done, 1 not done, 2 asked wrongly. */
#ifndef MC_COMMAND_H
#define MC_COMMAND_H

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *arguments;          /* "[--data DIR] ..." for the help */
	const char *zh, *en;            /* what it does */
};

/* In the order of the help, ending with a row whose name is NULL (main.c). */
extern const struct command command_table[];

int command_serve(int argc, char **argv);
int command_settings(int argc, char **argv);
int command_confine(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_restore(int argc, char **argv);
int command_reads(int argc, char **argv);
int command_appoint(int argc, char **argv);
int command_import(int argc, char **argv);
int command_draw(int argc, char **argv);
int command_fee(int argc, char **argv);
int command_limit(int argc, char **argv);
int command_routes(int argc, char **argv);
int command_openapi(int argc, char **argv);
int command_version(int argc, char **argv);
int command_help(int argc, char **argv);

#endif
