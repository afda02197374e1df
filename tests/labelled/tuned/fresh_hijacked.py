"""Domains that fell into the hands of casinos, pill shops and their like."""

from __future__ import annotations

from datetime import date

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Site
from tests.labelled.building import copies, html
from tests.labelled.case import Case
from tests.labelled.tuned.fresh_pages import (
    everywhere,
    old_page,
    wordpress,
)

CHANGED = date(2024, 8, 2)


def taken_over(name: str, url: str, anchor: str, page: str, subject: str) -> Case:
    return everywhere(
        name,
        url,
        anchor,
        page,
        ("hijacked",),
        captures=((2016, old_page(subject, anchor, name)), (2019, old_page(subject, anchor, name))),
        registered=CHANGED,
    )


CASES = [
    taken_over(
        "fresh_indonesian_slots",
        "mashtunguild.example/library/step-mash.html",
        "Step mashing explained",
        wordpress(
            "GACOR88 : Situs Slot Gacor Hari Ini Link Slot88 Resmi Gampang Maxwin 2026",
            "<h1>GACOR88: Situs Slot Gacor Hari Ini dan Link Slot88 Terpercaya</h1><p>GACOR88"
            " adalah situs slot gacor hari ini dengan RTP live tertinggi, menyediakan slot"
            " online, togel, live casino, dan bola. Daftar sekarang, deposit pulsa tanpa potongan"
            " dan nikmati bonus new member 100%.</p><table><tr><td>Minimal deposit</td><td>Rp"
            " 10.000</td></tr><tr><td>Provider</td><td>Pragmatic Play, PG Soft</td></tr></table>",
            "GACOR88",
            language="id-ID",
        ),
        "brewing",
    ),
    taken_over(
        "fresh_thai_slots",
        "allotment-diary.example/january/",
        "January on the allotment",
        wordpress(
            "สล็อตเว็บตรง ไม่ผ่านเอเย่นต์ ฝากถอน true wallet แตกง่าย 2026",
            "<h1>สล็อตเว็บตรง แตกง่าย</h1><p>เว็บสล็อตอันดับ 1 รวมทุกค่าย บาคาร่า คาสิโนออนไลน์"
            " สมัครฟรี รับโบนัส 100% ฝากถอนอัตโนมัติ ไม่มีขั้นต่ำ</p>",
            "สล็อต",
            language="th",
        ),
        "garden",
    ),
    taken_over(
        "fresh_turkish_betting",
        "endgame-studies.example/rooks/lucena.html",
        "The Lucena position",
        wordpress(
            "Deneme Bonusu Veren Siteler 2026 - Güncel Bahis Siteleri",
            "<h1>Deneme Bonusu Veren Siteler</h1><p>Çevrimsiz deneme bonusu veren güvenilir"
            " bahis siteleri listesi. Canlı casino, slot ve spor bahisleri için kayıt olun.</p>",
            "Deneme Bonusu",
            language="tr",
        ),
        "chess",
    ),
    taken_over(
        "fresh_korean_toto",
        "weaverslane.example/registers/1794",
        "Registers of 1794",
        wordpress(
            "토토사이트 추천 메이저사이트 먹튀검증 안전놀이터 순위",
            "<h1>안전놀이터 순위 TOP 10</h1><p>먹튀검증을 통과한 메이저 토토사이트와 카지노사이트를"
            " 소개합니다. 가입 첫충 보너스 30%.</p>",
            "토토",
            language="ko",
        ),
        "history",
    ),
    taken_over(
        "fresh_pharmacy",
        "darkskygroup.example/reports/perseids.html",
        "Perseids report",
        wordpress(
            "Buy Generic Cialis Online - Canadian Pharmacy No Prescription",
            "<h1>Cheap tadalafil online</h1><p>Order generic Viagra, Cialis and Levitra without a"
            " prescription. Worldwide shipping, discreet packaging, lowest price per pill.</p>",
            "Canadian Meds",
        ),
        "stars",
    ),
    taken_over(
        "fresh_essay_mill",
        "classroom-poems.example/unit-3/",
        "Unit 3: reading aloud",
        wordpress(
            "Pay Someone To Write My Essay | Cheap Essay Writing Service",
            "<h1>Write my essay for me</h1><p>Our essay writers are available 24/7. Order a custom"
            " essay, term paper or dissertation online, plagiarism free, from $9 per page.</p>",
            "EssayPros",
        ),
        "school",
    ),
    taken_over(
        "fresh_german_casino_blog",
        "sauerteig-freunde.example/wissen/anstellgut",
        "Anstellgut pflegen",
        wordpress(
            "Online Casino ohne OASIS 2026: Die besten Anbieter im Test",
            "<h1>Die besten Online Casinos ohne OASIS</h1><p>Wir haben Casinos ohne deutsche Lizenz"
            " getestet: Bonus, Auszahlung, Spielautomaten und Zahlungsmethoden im Vergleich."
            "</p><ol><li>Wildspin: 500 Freispiele</li><li>Goldkater: 100 % bis 1000 Euro</li></ol>",
            "Casinotest",
            language="de-DE",
        ),
        "bread",
    ),
    taken_over(
        "fresh_russian_casino",
        "tree-of-names.example/guides/censuses",
        "Reading a census",
        wordpress(
            "Вулкан казино официальный сайт — играть онлайн на деньги",
            "<h1>Казино Вулкан: зеркало и регистрация</h1><p>Игровые автоматы онлайн, бонус за"
            " регистрацию, вывод денег за 15 минут. Рабочее зеркало на сегодня.</p>",
            "Вулкан",
            language="ru",
        ),
        "family",
    ),
    taken_over(
        "fresh_payday_loans",
        "samplesurvey.example/methods/weighting.html",
        "Weighting samples",
        wordpress(
            "Payday Loans Online Same Day - Bad Credit OK, No Credit Check",
            "<h1>Get a payday loan today</h1><p>Guaranteed approval cash advance loans for bad"
            " credit. Apply in two minutes, money in your account within hours.</p>",
            "QuickCash",
        ),
        "numbers",
    ),
    taken_over(
        "fresh_escorts",
        "steambend.example/ash/",
        "Bending ash",
        wordpress(
            "Istanbul Escort Bayan - VIP Escort Ajansı",
            "<h1>Istanbul Escort</h1><p>Gerçek resimli vip escort bayanlar, 7/24 hizmet. Sınırsız"
            " ve otele gelen bayan escort ilanları.</p>",
            "Escort",
            language="tr",
        ),
        "wood",
    ),
    Case(
        "fresh_blog_network_takes_over",
        ("hijacked", "drifted"),
        "cornwallmines.example/shafts/wheal-jane.html",
        "Wheal Jane shafts",
        {
            "cornwallmines.example": Site(
                html(
                    wordpress(
                        "Best Online Casinos Not On GamStop UK 2026",
                        "<h1>Casinos not on GamStop</h1><p>Play at non GamStop casinos with no"
                        " verification. Welcome bonus up to £5,000 and 500 free spins.</p>",
                        "Casinos",
                    )
                ),
                {"/robots.txt": b.refusal(404)},
            )
        },
        captures={
            "cornwallmines.example/shafts/wheal-jane.html": copies(
                (2015, old_page("history", "Wheal Jane shafts", "wj"))
            )
        },
        registered={"cornwallmines.example": date(2025, 1, 9)},
    ),
    everywhere(
        "fresh_japanese_replicas",
        "quiltersguild-ames.example/blocks/log-cabin",
        "Log cabin block",
        wordpress(
            "スーパーコピー時計 N級品 激安通販専門店",
            "<h1>スーパーコピー 激安通販</h1><p>ロレックス スーパーコピー 最高級 N級品 代引き可能。"
            "品質保証、全品送料無料。</p>",
            "コピー",
            language="ja",
        ),
        ("hijacked",),
        captures=((2014, old_page("wood", "Log cabin block", "lc")),),
        registered=date(2023, 3, 3),
    ),
    everywhere(
        "fresh_vietnamese_bookmaker",
        "handloom-notes.example/drafts/twill",
        "Twill drafts",
        wordpress(
            "Nhà cái uy tín - Trang cá cược bóng đá trực tuyến số 1",
            "<h1>Nhà cái uy tín nhất 2026</h1><p>Đăng ký nhận ngay 188k, casino trực tuyến, tài xỉu,"
            " nổ hũ đổi thưởng, bắn cá.</p>",
            "Nhà cái",
            language="vi",
        ),
        ("hijacked",),
        captures=((2016, old_page("school", "Twill drafts", "tw")),),
        registered=date(2024, 6, 6),
    ),
    everywhere(
        "fresh_portuguese_betting",
        "canalboats-diary.example/locks/foxton",
        "Foxton locks",
        wordpress(
            "Jogo do Tigrinho: plataforma pagando no cadastro",
            "<h1>Fortune Tiger grátis</h1><p>Cassino online com bônus sem depósito e rodadas"
            " grátis. Saque via Pix.</p>",
            "Tigrinho",
            language="pt-BR",
        ),
        ("hijacked",),
        captures=((2018, old_page("history", "Foxton locks", "fx")),),
        registered=date(2024, 6, 6),
    ),
]
