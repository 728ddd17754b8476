"""Does a citation stand? Existence, quotes, whether the article carries the sentence, and what became of its text."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.check.checked import Checked, DraftPlace, Kind, Mention, Review, Uncited
from assistant.check.citing import Beside, mentions
from assistant.check.claims import rule
from assistant.check.naming import naming
from assistant.check.voice import beyond, names_only, own_words
from assistant.understand.cities import find_cities
from assistant.verify import judge
from assistant.verify.coverage import told_words
from law.regulation import Article, Regulation
from law.text.grams import bigrams
from law.text.numbered import parts_of
from law.text.numerals import to_chinese
from law.text.script import HAN, plain
from prompts import say

_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{6,400})[”」』\"]")
#: What share of a claim an article must say that is cited side by side with others.
_ITS_PART = 0.3
#: Of a claim a wrong 款 says so little, where another of its article says so much.
_LITTLE, _MUCH = 0.4, 0.8
#: Articles looked through for one that carries a sentence, and offered at most.
_CANDIDATES, _OFFERED = 10, 3
#: As many are looked through in each other regulation.
_ABROAD = 2
#: Bigrams that a claim needs to be looked for elsewhere; what share of them another article has, and how much more.
_SAYS, _MOSTLY, _FURTHER = 5, 0.45, 1.5
Cited = tuple[Regulation, Article]


def review(
    blocks: Sequence[str],
    held: Sequence[Regulation],
    file: str = "",
    beside: Mapping[int, Beside] | None = None,
) -> Review:
    """Every citation of a draft, and claims about held cities without one; `beside` as `mentions` knows it."""
    found = mentions(blocks, held, beside)
    checked = tuple(Checker(held).check(m) for m in found)
    return Review(file, checked, tuple(_uncited(blocks, held, found)))


class Checker:
    """Judges mentions against the regulations held."""

    def __init__(self, held: Sequence[Regulation]) -> None:
        self._held = {r.id: r for r in held}

    def check(self, mention: Mention) -> Checked:
        """What is to be said of one citation; the gravest first."""
        found = self._checked(mention)
        return replace(found, labels=self.labels_of(found.right, mention.regulation_id))

    def labels_of(self, ids: Sequence[str], regulation_id: str = "") -> tuple[str, ...]:
        """What articles are called: 第八条 of the regulation in question, 武汉市第五十八条 of another."""
        return tuple(
            a.label if r.id == regulation_id else f"{r.place}{a.label}"
            for id_ in ids
            for r in self._held.values()
            for a in r.articles
            if a.id == id_
        )

    def _checked(self, mention: Mention) -> Checked:
        regulation = self._held.get(mention.regulation_id)
        if regulation is None:
            return Checked(mention, "not_held", None, say("check.not_held", what=mention.name or mention.as_written))
        cited = [(regulation, a) for a in regulation.articles if a.id in mention.ids]
        if mention.missing or not cited:
            right = self._carrying(mention.claim, regulation, ())
            why = say(
                "check.no_such_article",
                title=regulation.title,
                missing="、".join(mention.missing),
                count=len(regulation.numbered),
            )
            return Checked(mention, "no_such_article", False, why, right)
        for quoted in _QUOTED.findall(mention.claim):
            if wrong := self._misquoted(mention, quoted, cited):
                return wrong
        if wrong := self._unsupported(mention, cited):
            return wrong
        return self._of_today(mention, cited) or Checked(mention, "right", True)

    def _misquoted(self, mention: Mention, quoted: str, cited: Sequence[Cited]) -> Checked | None:
        wanted = _squeezed(quoted)
        if any(wanted in _squeezed(a.text) for _, a in cited):
            return None
        regulation = cited[0][0]
        elsewhere = tuple(a.id for a in regulation.articles if wanted in _squeezed(a.text))
        if elsewhere:
            labels = "、".join(a.label for a in regulation.articles if a.id in elsewhere)
            return Checked(mention, "wrong_article", False, say("check.quoted_elsewhere", labels=labels), elsewhere)
        near = max((_nearest(quoted, a.text) for _, a in cited), key=lambda n: n[0])
        told = mention.claim.lstrip('“「『"').startswith(quoted)
        if near[0] < 0.5 and len(quoted) < 12 and not told:
            return None  # a term in quotation marks, no quote of the law
        why = say("check.misquote", quoted=quoted[:60], held=near[1][:120])
        return Checked(mention, "misquote", False, why, mention.ids)

    def _unsupported(self, mention: Mention, cited: Sequence[Cited]) -> Checked | None:
        claim = _QUOTED.sub(lambda m: m[1], mention.claim)
        beside = _QUOTED.sub("", mention.claim) if _QUOTED.search(mention.claim) else claim
        if len(HAN.findall(beside)) < 4:
            return None  # nothing is said of the article but its own words, which stand
        texts = [plain(f"{a.heading}{a.chapter}{a.text}") for _, a in cited]
        if self._supported(plain(claim), mention, cited):
            return self._overstated(plain(claim), mention, cited)
        places = [r.place for r, _ in cited]
        text = own_words(plain(claim), texts, places=places, changed=any(later_notes(r, a, 0) for r, a in cited))
        if topic := rule("topic").match(text):
            return self._off_topic(mention, topic["matter"], cited)
        if names_only(text, "\n".join(texts)):
            return self._off_topic(mention, text, cited)
        if not text:
            return None
        if self._supported(text, mention, cited):
            return self._overstated(text, mention, cited)
        verdict = judge(text, list(cited), others=list(self._held.values()))
        ids = {a.id for _, a in cited}
        right = self._carrying(claim, cited[0][0], ids) or self._nearer(claim, cited)
        kind: Kind = "wrong_article" if right else "unsupported"
        why = "；".join(verdict.reasons[:3])
        if right:
            why = say("check.carried_elsewhere", labels="、".join(self.labels_of(right, cited[0][0].id))) + why
        else:
            others = [r for r in self._held.values() if r.id != cited[0][0].id]
            right = tuple(i for r in others for i in self._carrying(text, r, (), look=_ABROAD))
        return Checked(mention, kind, False, why, right)

    def _overstated(self, claim: str, mention: Mention, cited: Sequence[Cited]) -> Checked | None:
        """What the article carries but for a word that promises more; then whether the cited 款 is the right one."""
        text = "\n".join(plain(a.text) for _, a in (_of_paragraph(cited, mention) or cited))
        if more := beyond(claim, text):
            return Checked(mention, "unsupported", False, say("check.beyond", said=more))
        return self._of_other_paragraph(claim, mention, cited)

    def _of_other_paragraph(self, claim: str, mention: Mention, cited: Sequence[Cited]) -> Checked | None:
        """What is told stands in the article, but in another 款 than the cited one, which says little of it."""
        own = _of_paragraph(cited, mention)
        if len(own) != 1 or told_words(claim, plain(own[0][1].text)) >= _LITTLE:
            return None
        article = cited[0][1]
        for paragraph in article.paragraphs:
            if paragraph.number != mention.paragraph and told_words(claim, plain(paragraph.full)) >= _MUCH:
                label = f"{article.label}第{to_chinese(paragraph.number)}款"
                why = say("check.carried_elsewhere", labels=label)
                return Checked(mention, "wrong_article", False, why, (article.id,))
        return None

    def _supported(self, claim: str, mention: Mention, cited: Sequence[Cited]) -> bool:
        """Whether the article carries a claim, or the articles cited side by side do together and it has its part."""
        others = list(self._held.values())
        ways = list(dict.fromkeys((claim, rule("demands").sub("", claim))))
        own = _of_paragraph(cited, mention)
        if any(self._carried(way, cited) or (own and self._carried(way, own)) for way in ways):
            return True
        together = [*cited, *((r, a) for r in others for a in r.articles if a.id in mention.beside)]
        if len(together) == len(cited):
            return False
        told = max(told_words(claim, plain(f"{a.heading}{a.text}")) for _, a in cited)
        return told >= _ITS_PART and (
            judge(claim, together, others=others).supported or self._shared(claim, cited, together)
        )

    def _shared(self, claim: str, cited: Sequence[Cited], together: Sequence[Cited]) -> bool:
        """Whether each part of a claim is carried by one of the articles cited side by side, and one by this one."""
        parts = [p for p in naming("parts").split(claim) if len(HAN.findall(p)) >= 4]
        carried = [any(self._carried(p, [one]) for one in together) for p in parts]
        return len(parts) > 1 and all(carried) and any(self._carried(p, cited) for p in parts)

    def _carried(self, claim: str, cited: Sequence[Cited]) -> bool:
        """Whether the judge has nothing against a claim but conditions that are pointed to, or that are empty."""
        pointed = rule("as_ruled").search(claim) is not None
        reasons = judge(claim, list(cited), others=list(self._held.values())).reasons
        every = rule("every").search(claim) is not None
        left_out = [naming("left_out").match(r) for r in reasons]
        return all(m is not None and (pointed or (_empty(m[1]) and not every)) for m in left_out)

    def _off_topic(self, mention: Mention, matter: str, cited: Sequence[Cited]) -> Checked | None:
        """A citation that only names matters: wrong where its article says nothing of them and another one does."""
        right = self._nearer(matter, cited) if len(HAN.findall(matter)) >= 4 else ()
        if not right:
            return None
        labels = "、".join(a.label for a in cited[0][0].articles if a.id in right)
        return Checked(mention, "wrong_article", False, say("check.carried_elsewhere", labels=labels), right)

    def _carrying(
        self, claim: str, regulation: Regulation, without: "set[str] | tuple[()]", look: int = _CANDIDATES
    ) -> tuple[str, ...]:
        """Articles of the regulation that carry a claim, the nearest in words first."""
        words = set(bigrams(plain(claim)))
        if len(words) < _SAYS:
            return ()
        ranked = sorted(regulation.articles, key=lambda a: -len(words & _words_of(a)))[:look]
        fit = (a.id for a in ranked if a.id not in without and judge(claim, [(regulation, a)]).supported)
        return tuple(id_ for id_, _ in zip(fit, range(_OFFERED), strict=False))

    def _nearer(self, claim: str, cited: Sequence[Cited]) -> tuple[str, ...]:
        """An article that has far more of a claim's words than the cited ones, though it does not carry all of it."""
        words = set(bigrams(plain(claim)))
        if len(words) < _SAYS:
            return ()
        own = max(len(words & _words_of(a)) for _, a in cited)
        ids = {a.id for _, a in cited}
        others = [a for a in cited[0][0].numbered if a.id not in ids]
        best = max(others, key=lambda a: len(words & _words_of(a)), default=None)
        shared = len(words & _words_of(best)) if best else 0
        return (best.id,) if best and shared >= _MOSTLY * len(words) and shared >= _FURTHER * max(own, 1) else ()

    def _of_today(self, mention: Mention, cited: Sequence[Cited]) -> Checked | None:
        """A right citation of a text that is a draft, or of an article that a later text has changed."""
        for regulation, article in cited:
            later = later_notes(regulation, article, mention.paragraph)
            if later and not mention.says_changed:
                return Checked(mention, "superseded", False, say("check.superseded", why="；".join(later)), ())
            if regulation.status == "repealed":
                return Checked(mention, "superseded", False, say("check.repealed", title=regulation.title), ())
            if regulation.status == "draft" and not mention.says_draft:
                return Checked(mention, "draft", False, say("check.draft", title=regulation.title), ())
        return None


def later_notes(regulation: Regulation, article: Article, paragraph: int) -> list[str]:
    """What became of an article, or of one 款 of it, later."""
    notes = [n.text for n in regulation.notes_on(article) if n.kind == "later"]
    named = {n: {p.numbers[0][0] for p in parts_of(n) if p.unit == "款" and p.numbers} for n in notes}
    return [n for n in notes if not paragraph or not named[n] or paragraph in named[n]]


def _of_paragraph(cited: Sequence[Cited], mention: Mention) -> list[Cited]:
    """The cited article with the cited 款 alone: what another 款 says is not taken for what this one does."""
    return [
        (regulation, replace(article, paragraphs=alone))
        for regulation, article in cited
        if mention.paragraph > 0 and (alone := tuple(p for p in article.paragraphs if p.number == mention.paragraph))
    ]


def _empty(condition: str) -> bool:
    return rule("whatever").search(condition) is not None


def _uncited(blocks: Sequence[str], held: Sequence[Regulation], found: Sequence[Mention]) -> Iterator[Uncited]:
    """Sentences that say what a held city rules and cite nothing, with the article that carries them."""
    spoken = {(m.place.block, m.sentence) for m in found}
    checker = Checker(held)
    for number, text in enumerate(blocks):
        for sentence in re.split(r"(?<=[。！？!?；;\n])", text):
            bare = sentence.strip()
            if len(bare) < 12 or (number, bare) in spoken or not naming("ruling").search(bare):
                continue
            ids = find_cities(plain(bare), held).ids
            if len(ids) == 1 and not any(m.place.block == number and bare in m.sentence for m in found):
                regulation = next(r for r in held if r.id == ids[0])
                at = text.find(bare)
                right = checker._carrying(bare, regulation, ())
                yield Uncited(DraftPlace(number, at, at + len(bare)), bare, right, checker.labels_of(right, ids[0]))


@lru_cache(maxsize=4096)
def _words_of(article: Article) -> frozenset[str]:
    return frozenset(bigrams(plain(f"{article.heading}{article.text}")))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,，。;；:：、.]", "", plain(text))


def _nearest(quoted: str, text: str) -> tuple[float, str]:
    """How near the nearest stretch of a text comes to a quote, 0 to 1, and that stretch."""
    bare = re.sub(r"\s+", "", text)
    matcher = difflib.SequenceMatcher(None, plain(bare), plain(quoted), autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size >= 2]
    if not blocks:
        return 0.0, ""
    start, end = blocks[0].a, blocks[-1].a + blocks[-1].size
    if end - start > 2 * len(quoted):
        best = max(blocks, key=lambda b: b.size)
        start, end = max(0, best.a - best.b), min(len(bare), best.a - best.b + len(quoted))
    return sum(b.size for b in blocks) / max(1, len(plain(quoted))), bare[start:end]
