/* bell: tells whoever is listening that something has happened: a paper has been
 * served, a hearing has begun. A topic is a person's id, or a queue like
 * "desk:132". Nothing is kept: a bell that nobody hears is lost, so it only ever
 * says "look again", and what counts stands in the database. */
#ifndef MC_BELL_H
#define MC_BELL_H
#include <stdbool.h>
#include <stddef.h>

#define BELL_TOPICS 4           /* of one listener */
#define BELL_MOST 65536         /* bytes that wait for one listener at most */

struct arena;
struct bell_ear;

/* Rings for everybody who listens to the topic: an event by name ("case"), its data on one line
 * (JSON). From any thread; waits for nobody. A listener who is too far behind gets one event
 * "again" instead of all that waited. */
void bell_ring(const char *topic, const char *event, const char *data);

/* Begins to listen to up to four topics, a blank between two. wake is called, under the bell's lock
 * and from any thread, when something begins to wait: it must not call the bell. Lives in mem,
 * which must not end before bell_leave(). */
struct bell_ear *bell_listen(struct arena *mem, const char *topics, void (*wake)(void *), void *what);

/* The next event: false if none waits. The texts are copied into mem. */
bool bell_take(struct bell_ear *ear, struct arena *mem, const char **event, const char **data);

void bell_leave(struct bell_ear *ear);

#endif
