/* SPDX-License-Identifier: MIT */
#include "worker/parse/encoding.h"

#include <string.h>

typedef struct {
  const char *charset;
  const char *text;
} Case;

/* Unlabelled, short and long. */
static const Case asian_cases[] = {
  { "GB18030", "<title>国务院：新的关税政策下月起实施</title>" },
  { "GB18030", "<title>两国延长停火协议</title><description>双方代表在日内瓦会谈后发表声明，同意将停火延长九十天。</"
               "description>" },
  { "GB18030", "央行公布最新利率决定，市场反应平静。分析人士认为，年内仍有下调的空间，但要看通胀的走势。" },
  { "BIG5", "<title>行政院：新的關稅政策下月起實施</title>" },
  { "BIG5", "<title>兩國延長停火協議</title><description>雙方代表在日內瓦會談後發表聲明，同意將停火延長九十天。</"
            "description>" },
  { "BIG5", "央行公布最新利率決定，市場反應平靜。分析人士認為，年內仍有調降的空間，但要看通膨的走勢。" },
  { "EUC-KR", "<title>정부, 관세 유예 90일 연장하기로</title>" },
  { "EUC-KR", "<title>한국은행 기준금리 동결</title><description>금융통화위원회는 시장의 예상대로 기준금리를 "
              "유지했다.</description>" },
  { "EUC-KR", "양국은 제네바에서 회담을 마치고 휴전을 석 달 더 연장한다는 내용의 공동 성명을 발표했다." },
  { "SHIFT_JIS", "<title>政府、関税の適用を来月まで延期へ</title>" },
  { "SHIFT_JIS", "<title>日銀が金利を据え置き</title><description>市場の予想どおりで、円相場に大きな動きはなかった。</"
                 "description>" },
  { "SHIFT_JIS", "アップルが新しいスマートフォンを発表した。価格は前のモデルと変わらない。" },
  { "EUC-JP", "<title>政府、関税の適用を来月まで延期へ</title>" },
  { "EUC-JP", "<title>日銀が金利を据え置き</title><description>市場の予想どおりで、円相場に大きな動きはなかった。</"
              "description>" },
  { "EUC-JP", "アップルが新しいスマートフォンを発表した。価格は前のモデルと変わらない。" },
};

/* What must stay windows-1252. */
static const char *const western_cases[] = {
  "<title>Zölle für Öl: Größere Änderungen</title>",
  "«L’été» à l’Élysée : « É », «À», «Á»",
  "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
  "¡¡¡OFERTÓN!!! ¿¿Qué?? «¡Señor!» nº 1.º»",
  "·····°°°°°»»»»»¯¯¯¯¯ÄÄÄÄÄ",
  "20 °C – 25 °C, 5 µm, ½ £5 €10 “quoted” ‘words’ … ™ © ®",
  "Æ Ø Å; æøåæøå, blåbærgrød, Ålesund, Þórður, Öxarárfoss",
  "ÉÉN ÀÉÏÖÜ ÇÃO ÇÕES «ÉÀ» ÄÖÜ ÄÖÜß ÅÄÖ åäö",
};

/* A byte in an encoding of that label. */
typedef struct {
  const char *type;
  guint8 byte;
  const char *text;
} Byte;

static const Byte byte_cases[] = {
  { "charset=shift_jis", 0xb1, "ｱ" },
  { "charset=euc-kr", 0xff, "\xef\xbf\xbd" },
  { "charset=euc-kr", 0, " " },
  { "charset=iso-8859-1", 0x80, "€" },
  { "charset=koi8-r", 0xc1, "а" },
  { "charset=koi8-r", 0, " " },
  { "charset=cp1253", 0xff, "\xef\xbf\xbd" },
};

static char *
decode_as (const char *bytes, gsize length, const char *content_type)
{
  g_autoptr (GBytes) body = g_bytes_new (bytes, length);
  g_autoptr (GBytes) text = truce_encoding_decode (body, content_type);
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  return g_strndup (data, size);
}

static char *
decode (const char *bytes, gsize length)
{
  return decode_as (bytes, length, NULL);
}

static char *
round_trip (const char *text, const char *charset)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = g_convert (text, -1, charset, "UTF-8", NULL, &length, &error);

  g_assert_no_error (error);
  return decode (bytes, length);
}

static void
test_asian (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (asian_cases); i++) {
    g_autofree char *once = round_trip (asian_cases[i].text, asian_cases[i].charset);
    GString *many = g_string_new (NULL);

    g_assert_cmpstr (once, ==, asian_cases[i].text);
    for (guint k = 0; k < 2000; k++)
      g_string_append (many, asian_cases[i].text);
    g_autofree char *text = g_string_free (many, FALSE);
    g_autofree char *decoded = round_trip (text, asian_cases[i].charset);
    g_assert_cmpstr (decoded, ==, text);
  }
}

/* However many there are, and however much longer they get. */
static void
test_bytes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (byte_cases); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    char bytes[300];

    memset (bytes, byte_cases[i].byte, sizeof bytes);
    for (gsize length = 1; length <= sizeof bytes; length++) {
      g_autofree char *decoded = decode_as (bytes, length, byte_cases[i].type);

      g_string_append (text, byte_cases[i].text);
      g_assert_cmpstr (decoded, ==, text->str);
    }
  }
}

static void
test_western (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (western_cases); i++) {
    g_autofree char *decoded = round_trip (western_cases[i], "WINDOWS-1252");

    g_assert_cmpstr (decoded, ==, western_cases[i]);
  }
}

/* Whatever words are made of the letters and marks of the West, none becomes Chinese. Two marks that continue a
 * sequence of UTF-8 never follow each other: they could be one by chance. */
static void
test_western_random (void)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ";
  static const guchar marks[] = "\xe9\xe8\xe0\xe7\xf6\xfc\xe4\xdf\xf1\xf3\xed\xe1\xe5\xf8\xe6\xea\xf4\xc9\xd6\xdc\xc4"
                                "\xc5\xab\xbb\xb0\x93\x94\x92\x96\xa0\xbf\xa1\xe3\xf5";

  for (guint round = 0; round < 20000; round++) {
    gint share = g_test_rand_int_range (3, 40), length = g_test_rand_int_range (8, 400);
    g_autofree char *bytes = g_malloc ((gsize) length);

    for (gint i = 0; i < length; i++) {
      if (g_test_rand_int_range (0, 100) < share)
        bytes[i] = (char) marks[g_test_rand_int_range (0, (gint) sizeof marks - 1)];
      else
        bytes[i] = i % 6 == 5 ? ' ' : letters[g_test_rand_int_range (0, (gint) sizeof letters - 1)];
    }
    for (gint i = 1; i < length; i++)
      if (((guchar) bytes[i - 1] & 0xc0) == 0x80 && ((guchar) bytes[i] & 0xc0) == 0x80)
        bytes[i] = 'x';
    g_autofree char *text = decode (bytes, (gsize) length);
    for (const char *p = text; *p; p = g_utf8_next_char (p))
      g_assert_true (g_utf8_get_char (p) < 0x2e80 || g_utf8_get_char (p) == 0xfffd);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  truce_encoding_preload ();
  g_test_add_func ("/encoding/asian", test_asian);
  g_test_add_func ("/encoding/bytes", test_bytes);
  g_test_add_func ("/encoding/western", test_western);
  g_test_add_func ("/encoding/western-random", test_western_random);
  return g_test_run ();
}
