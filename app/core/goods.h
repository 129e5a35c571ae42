/* Goods: what a shop sells beside herbs and products, a mug, a book. No reference knows them, so they are never screened. */
#ifndef YAOFANG_CORE_GOODS_H
#define YAOFANG_CORE_GOODS_H

#include "base/ctx.h"
#include "clinic/knowledge.h"

/* Notes ST_INVALID on "name" or "name_hanzi" where goods would be called what the reference, or the shop's own names, know as a herb,
   formula, product or medicine: it would be sold past every screening. "Tiger balm patch, 5 pieces" and "当归片" are found as in a line
   that is screened; a name that only contains one ("Ginger candy") is not. Each may be NULL and is otherwise valid UTF-8. */
void goods_check_names(struct ctx *c, const struct knowledge *knowledge, const char *name, const char *hanzi);

#endif
