/* SPDX-License-Identifier: MIT */
/* The lexicon in Korean and Chinese: the core. Patterns as in move_lexicon.c. */
#include "news/move_private.h"

/* clang-format off: one pattern is never broken over two lines */
static const MoveLexicon events[] = {
  { MOVE_CUE_SHIFT, FALSE,
    "延长|推迟|延期|延后|押后|暂缓|展期|缓征|续期|延迟|提前至|提前到|提前举行|顺延|延長|推遲|연장|연기|유예|미뤄|미루|"
    "미룬|늦추|늦춰|앞당" },
  { MOVE_CUE_RESOLVE, FALSE, "达成协议|签署协议|完成出售|达成和解|타결|합의문 서명|매각 완료|협정 서명" },
  { MOVE_CUE_CANCEL, FALSE, "取消|废除|终止|作废|撤销|철회|취소|폐기|파기|무산" },
  { MOVE_CUE_LAPSE, FALSE, "到期|届满|만료|종료" },
};

static const MoveLexicon governors[] = {
  { MOVE_CUE_MAY, FALSE,
    "考虑|可能|或将|或|拟|建议|呼吁|要求|寻求|计划|预计|有望|提议|请求|希望|검토|가능성|요구|요청|제안|촉구|전망|추진|"
    "건의|고려|논의|기대|희망" },
  { MOVE_CUE_NOT, FALSE,
    "拒绝|不会|不再|不予|未|否决|驳回|排除|不|거부|거절|불허|부결|배제|않|없다|없어|없을|안 한다|반대|불가|일축" },
  { MOVE_CUE_GRANT, FALSE, "同意|批准|승인|합의|허용" },
  { MOVE_CUE_DO, FALSE, "宣布|决定|결정|발표|확정|확인" },
  { MOVE_CUE_WILL, FALSE, "将|예정|방침|하기로" },
  { MOVE_CUE_THREAT, FALSE, "是否|여부|威胁|위협" },
  { MOVE_CUE_IF, FALSE, "除非|如果|如|경우" },
};

static const MoveLexicon objects[] = {
  { MOVE_CUE_DEADLINE, FALSE, "期限|截止|到期|시한|기한|마감|만료" },
  { MOVE_CUE_THING, FALSE,
    "关税|停火|休战|选举|大选|投票|禁令|谈判|豁免|协议|新规|规定|法案|法规|政策|措施|实施|生效|期限|截止|考试|笔试|"
    "听证|税|会议|上限|冻结|出售|许可|过渡期|缓冲期|宽限|补贴|限制|시행|규제|기한|"
    "시한|마감|법|대선|총선|투표|휴전|지원|보조금|매각|동결|도입|만기|심리|재판|협정|제재|조치|관세|선거|금지|협상|"
    "면제" },
};
/* clang-format on */

const MoveLexicon *
move_lexicon_cjk (guint group, guint *ret_n)
{
  static const struct {
    const MoveLexicon *entries;
    guint n;
  } groups[MOVE_N_GROUPS] = {
    { events, G_N_ELEMENTS (events) },
    { governors, G_N_ELEMENTS (governors) },
    { objects, G_N_ELEMENTS (objects) },
  };

  *ret_n = groups[group].n;
  return groups[group].entries;
}
