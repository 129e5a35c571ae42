/* Screening again in the background: the queue of what has to be, one piece done at a time and stored, and the worker that a
   service runs (api/rescreen_watch.c). Several services share the queue; a piece that fell over is gone on with by another. */
#ifndef YAOFANG_CORE_RESCREEN_JOB_H
#define YAOFANG_CORE_RESCREEN_JOB_H

#include "base/ctx.h"
#include "clinic/knowledge.h"

/* The shop's rule book changed (rules, synonyms, ratios): what it hands out is screened again. In the transaction of the
   change, so that neither is without the other. Changes of a patient ask by themselves (patient_raise_version.sql). */
enum status rescreen_request(struct ctx *c, const char *why) MUST_CHECK;

/* Who works the queue. */
struct rescreener;

/* The published rule book, for a patient's change; lives until the context's arena is reset. */
typedef const struct knowledge *rescreen_book(struct ctx *c, void *arg);

struct rescreener *rescreener_open(rescreen_book *published, void *arg);
void rescreener_close(struct rescreener *rescreener);

/* Asks for the daily round of every shop that has not had it. */
enum status rescreen_days(struct ctx *c) MUST_CHECK;

/* One batch of the first shop that waits: screened, stored, raised on the work list, and noted as done, in one transaction. For
   a changed rule book it reads the rule book itself, so that it is never older than what asked. `worked` false when nothing
   waits. A failure is stored with the piece, which is tried again later, and returned. */
enum status rescreener_step(struct ctx *c, struct rescreener *rescreener, bool *worked) MUST_CHECK;

/* Forgets the rule book it read: when there is nothing to do. */
void rescreener_rest(struct rescreener *rescreener);

#endif
