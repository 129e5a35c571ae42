/* The Markdown of a card. */
#ifndef YAOFANG_API_CDS_DETAIL_H
#define YAOFANG_API_CDS_DETAIL_H

#include "api/cds.h"

/* What a finding says: what was taken, the effect, what to do, who brings what to a load, other rules that apply, the source. */
const char *cds_detail(struct arena *arena, const struct knowledge *k, const struct finding *finding);

/* Whether the finding is about one thing: the rule's object is a word of ours ("banned", "highest daily dose"), no thing. */
bool cds_is_about_one(const struct finding *finding);

/* One line each of what was not checked, of what may mean several things. */
void cds_gap_add(struct text *out, const struct typed_gap *gap);
void cds_question_add(struct text *out, const struct typed_question *question);

#endif
