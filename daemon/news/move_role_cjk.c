/* SPDX-License-Identifier: MIT */
/* What a date or a length in Korean or Chinese text is there for. In Korean the particle behind it tells, in Chinese
 * the word before it, and in both what the old date was is said beforehand: "당초", "原定". */
#include <string.h>

#include "news/move_private.h"

#define REACH 16 /* characters: what stands further off belongs to another phrase */
#define NEAR 6

static gboolean
ends_phrase (const MoveText *text, guint i)
{
  return move_is (text, i, "，|。|；|：|！|？|,|.|;|:|!|?|…|—|“|”|‘|’|\"");
}

/* Does one of `words` ("a|b") begin at a token in [first, end)? */
static gboolean
word_in (const MoveText *text, guint first, guint end, const char *words)
{
  char word[32]; /* longer than any of them */

  for (guint i = first; i < end && i < text->tokens->len; i++) {
    for (const char *at = words; *at; at += *at == '|' ? 1 : 0) {
      gsize length = strcspn (at, "|");
      guint behind = i;

      g_strlcpy (word, at, MIN (length + 1, sizeof word));
      if (move_take (text, &behind, word))
        return TRUE;
      at += length;
    }
  }
  return FALSE;
}

/* Where the phrase of the `reach` tokens before `i` begins. */
static guint
phrase_first (const MoveText *text, guint i, guint reach)
{
  const guint first = MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence)->first;
  guint n = 0;

  while (i > first && n < reach && !ends_phrase (text, i - 1)) {
    i--;
    n++;
  }
  return i;
}

static guint
phrase_end (const MoveText *text, guint i, guint reach)
{
  const guint end = MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence)->end;
  const guint first = i;

  i++;
  while (i < end && i <= first + reach && !ends_phrase (text, i))
    i++;
  return i;
}

/* Is one of `words` said before `date` in its phrase, with no other date between that it may be said of? */
static gboolean
said_before (const MoveText *text, const MoveDate *date, const char *words)
{
  guint first = phrase_first (text, date->first, REACH), i = date->first;

  while (i > first && !MOVE_TOKEN (text, i - 1)->dated)
    i--;
  return word_in (text, i, date->first, words);
}

/* Past the token `i`, what may stand between a date and its particle: "(금)", "오후 6시", "께". */
static guint
skip_behind (const MoveText *text, guint i)
{
  if (move_is (text, i, "(|（") && move_is (text, i + 2, ")|）"))
    i += 3;
  if (word_in (text, i, i + 1, "오전|오후|밤")) {
    i += move_is (text, i, "밤") ? 1 : 2;
    while (i < text->tokens->len && (MOVE_TOKEN (text, i)->number >= 0 || move_is (text, i, "시|분")))
      i++;
  }
  i += word_in (text, i, i + 1, "자정") ? 2 : 0;
  return i + (move_is (text, i, "께|경|쯤|간") ? 1 : 0);
}

/* Does the sentence end behind token `i`? */
static gboolean
is_last (const MoveText *text, guint i)
{
  guint end = MOVE_SENTENCE (text, MOVE_TOKEN (text, MIN (i, text->tokens->len - 1))->sentence)->end;

  return i + 1 >= end || ends_phrase (text, i + 1);
}

static int
korean_role (const MoveText *text, MoveDate *date)
{
  static const char moves[] =
      "연기|연장|미루|미뤄|미룬|미룰|늦추|늦춰|늦춘|조정|변경|앞당|유예|옮|바꾸|바꿔|재조정|순연|보류|중단";
  const guint i = skip_behind (text, date->last + 1), end = phrase_end (text, date->last, REACH),
              sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, date->first)->sentence)->end;
  gboolean old = said_before (text, date, "당초|애초|원래|기존|본래|이전");

  if (word_in (text, i, i + 1, "까지|まで")) {
    date->governor = MOVE_BY_UNTIL;
    /* "까지였던", "까지로 예정된" */
    return old || word_in (text, i + 2, i + 3, "였|이던|인|로 예|로예") ? MOVE_SURE_OLD : MOVE_SURE_MOVED;
  }
  if (word_in (text, i, i + 1, "에서")) {
    date->governor = MOVE_BY_FROM;
    return MOVE_SURE_OLD;
  }
  if (word_in (text, i, i + 1, "부터")) {
    date->governor = MOVE_BY_FROM;
    return old || word_in (text, i, end, "예정") ? MOVE_SURE_OLD
           : word_in (text, i, end, "시행|적용") ||
                   (is_last (text, i + 1) &&
                    word_in (text, phrase_first (text, date->first, REACH), date->first, moves))
               ? MOVE_SURE_WEAK
               : 0;
  }
  if (word_in (text, i, i + 1, "로|으로")) {
    date->governor = MOVE_BY_UNTIL; /* the verb stands behind it */
    if (old || word_in (text, i, i + NEAR, "예정|예고|잡혀|잡힌|계획된|정해"))
      return MOVE_SURE_OLD;
    return word_in (text, i, sentence, moves) ? MOVE_SURE_MOVED : MOVE_SURE_ALONE;
  }
  /* "2주 연기…12월 3일 시행" */
  if (!old && word_in (text, i, i + 1, "시행|실시|개최") && is_last (text, i + 1))
    return MOVE_SURE_WEAK;
  if (old || word_in (text, i, i + NEAR + 2, "예정이|예정인|예정됐|예정된|예정돼|만료|종료|끝나|끝날|마감|예고"))
    return MOVE_SURE_OLD;
  date->governor = move_is (text, i, "에|전|내") ? MOVE_BY_LIMIT : MOVE_BY_NOTHING;
  /* "내년 3월에 열기로" */
  return move_is (text, i, "에") && word_in (text, i, end, "하기로|열기로|치르기로|열린다|개최한다|시행한다|재개")
             ? MOVE_SURE_WEAK
             : 0;
}

static int
chinese_role (const MoveText *text, MoveDate *date)
{
  static const char moves[] = "延|推|改|展期|顺|押后|缓|提前|调|续|宽限|暂停|暂缓|移";
  const guint first = phrase_first (text, date->first, REACH), end = phrase_end (text, date->last, NEAR),
              i = date->first;
  gboolean old = said_before (text, date, "原定|原本|原计划|原订|原先|原来|本应|本来|此前|原拟|原");

  if (i > 0 && move_is (text, i - 1, "至|到")) {
    date->governor = MOVE_BY_UNTIL;
    gboolean moved = word_in (text, first, i, moves);
    return old && !moved ? MOVE_SURE_OLD : moved ? MOVE_SURE_MOVED : MOVE_SURE_ALONE;
  }
  if (i > 0 && move_is (text, i - 1, "自|从|由")) {
    date->governor = MOVE_BY_FROM;
    return MOVE_SURE_OLD;
  }
  if (word_in (text, date->last + 1, end, "到期|届满|截止|结束|期满|失效") || old)
    return MOVE_SURE_OLD;
  if (move_is (text, date->last + 1, "前|之|以|内")) {
    date->governor = MOVE_BY_LIMIT;
    return MOVE_SURE_NOT;
  }
  if (i > 0 && move_is (text, i - 1, "为|是|在|于|定") && word_in (text, first, i, "改|新|重新|调整|变更")) {
    date->governor = MOVE_BY_UNTIL;
    return MOVE_SURE_NEW;
  }
  if (((i > 0 && move_is (text, i - 1, "于|在")) || word_in (text, first, i, "预计|将")) &&
      word_in (text, date->last + 1, end, "举行|实施|生效|开始|启动|上市|上映|施行|执行|发射|开庭|开幕|开征|开放|投产"))
    return MOVE_SURE_WEAK;
  return MOVE_SURE_NOT;
}

gboolean
move_is_cjk (const MoveText *text, guint first, guint last)
{
  return MOVE_TOKEN (text, last)->kind == MOVE_IDEOGRAPH || MOVE_TOKEN (text, first)->kind == MOVE_IDEOGRAPH ||
         (last + 1 < text->tokens->len && MOVE_TOKEN (text, last + 1)->kind == MOVE_IDEOGRAPH) ||
         (first > 0 && MOVE_TOKEN (text, first - 1)->kind == MOVE_IDEOGRAPH);
}

int
move_date_role_cjk (const MoveText *text, MoveDate *date)
{
  return MOVE_SENTENCE (text, MOVE_TOKEN (text, date->first)->sentence)->hangul ? korean_role (text, date)
                                                                                : chinese_role (text, date);
}

static int
korean_length_role (const MoveText *text, const MoveLength *length)
{
  static const char moves[] = "연장|연기|유예|미뤄|미루|미룬|미룰|늦추|늦춰|늦춘|늦어|보류|중단|휴전|지연|순연|추가|더|"
                              "뒤로|정지|늘려|늘리|늘린";
  guint i = length->last + 1, end = phrase_end (text, length->last, REACH);

  if (word_in (text, i, i + 1, "만에|앞|이내|내|전|후|뒤|째|넘|안에|지나|동결된") && !word_in (text, i, i + 1, "뒤로"))
    return MOVE_SURE_NOT;
  if (word_in (text, i, i + NEAR, moves))
    return MOVE_SURE_MOVED;
  return word_in (text, i, i + 1, "간|동안") && word_in (text, i, end, moves) ? MOVE_SURE_SAME : MOVE_SURE_NOT;
}

static int
chinese_length_role (const MoveText *text, const MoveLength *length)
{
  static const char moves[] = "延|推|展期|顺|押后|缓|提前|宽限|暂停|暂缓|冻结|豁免|续|多给";
  guint i = length->first, end = phrase_end (text, length->last, NEAR);

  if (word_in (text, length->last + 1, length->last + 2, "内|之内|以内|后|前|以来|多的|来|间") ||
      (i > 0 && move_is (text, i - 1, "近|过|第|历")))
    return MOVE_SURE_NOT;
  if (word_in (text, phrase_first (text, i, NEAR), i, moves))
    return MOVE_SURE_MOVED;
  if (!move_is (text, length->last, "日") && word_in (text, length->last + 1, MIN (end, length->last + 4),
                                                      "延期|宽限|缓冲|豁免|暂停|延长|展期|推迟|停火|过渡|延迟"))
    return MOVE_SURE_NEW;
  return word_in (text, phrase_first (text, i, REACH), i, "延|推迟|展期|暂停|暂缓") ? MOVE_SURE_SAME : MOVE_SURE_NOT;
}

int
move_length_role_cjk (const MoveText *text, const MoveLength *length)
{
  return MOVE_SENTENCE (text, MOVE_TOKEN (text, length->first)->sentence)->hangul ? korean_length_role (text, length)
                                                                                  : chinese_length_role (text, length);
}
