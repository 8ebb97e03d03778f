/* patience: how slow a client may be. libmicrohttpd cuts off who says nothing for half a minute; who sends
 * a byte a second says something, and could keep a line for ever. So a head must be here in line_patience
 * seconds, and a body must bring line_least bytes a second, as an average over each such time: a phone
 * on a bad line brings more. Only while the client is what is waited for. One thread looks once a second. */
#ifndef MC_PATIENCE_H
#define MC_PATIENCE_H
#include <stddef.h>

struct arena;
struct patience;
struct patience_line;

/* For so many lines at most; those beyond are not watched. least 0: nobody is too slow. */
struct patience *patience_begin(struct arena *mem, size_t lines, int seconds, int least);

/* Ends the thread; nobody is cut off any more. */
void patience_stop(struct patience *patience);

/* A line that was just opened, and waits for its first head. NULL if there is no room; the others take that too. */
struct patience_line *patience_line(struct patience *patience, int socket);
/* Its socket is about to be closed. */
void patience_gone(struct patience_line *line);

/* From now on this is waited for: a head, a body, or nothing that the client could bring. */
void patience_head(struct patience_line *line);
void patience_body(struct patience_line *line);
void patience_rest(struct patience_line *line);

/* So many bytes of the body came. */
void patience_came(struct patience_line *line, size_t n);

#endif
