/* The concept analyser: what a text asserts, whatever words it uses. Mirrors stance/concepts.py. */
#pragma once
#include "reading.h"

/* The forms of the features, in the order of `TEMPLATES` in stance/native/templates.py. */
enum template {
    SINGLE,
    NEXT,
    LATER,
    SIGN,
    NO_SIGN,
    SIGNS,
    FIRST_SIGN,
    LAST_SIGN,
    BALANCE,
    BEFORE_TOPIC,
    AFTER_TOPIC,
    SIGN_NEAR_TOPIC,
    SIGN_BEFORE_TOPIC,
    SIGN_AFTER_TOPIC,
    BEFORE_BUT,
    SIGN_BEFORE_BUT,
    AFTER_BUT,
    SIGN_AFTER_BUT,
    SIGN_ALTHOUGH,
    SIGN_BESIDE_ALTHOUGH,
    IN_TOPIC_CLAUSE,
    SIGN_IN_TOPIC_CLAUSE,
    TOPIC_CLAUSE_SIGNS,
    TOPIC_CLAUSE_ORDER,
    TOPIC_CLAUSE_BALANCE,
    NAME_AND_UNIT,
    UNIT_AND_NAME,
    ON_TOPIC,
    OFF_TOPIC,
    ON_TOPIC_WITH,
    OFF_TOPIC_WITH,
    TOPIC_NAME,
    TOPIC_NAME_WITH,
    TOPIC_AND_NAME,
    QUESTION,
    QUESTION_INSIDE,
    CALL_WITH,
    LENGTH,
    TEMPLATES,
};

/* Count the concept features of a text of `count` tokens, whose memory comes from the arena. Say whether it names the
 * topic. Return false where memory has run out. */
bool count_concepts(
    const concept_channel *c, tally *t, arena *a, const token *const *tokens, uint32_t count, bool *topical);
