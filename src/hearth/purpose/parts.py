"""The parts of a purpose statement and the sentence that they make, in each language.

*We bring together WHO to WHAT, WHAT and WHAT, so that WHY.* A frame puts the words around what people wrote; it never
changes what they wrote. A sentence that sounds wrong in a language with cases can be smoothed by hand afterwards.
"""

from dataclasses import dataclass

MOST_WHO, MOST_WHAT, MOST_WHY, MOST_SENTENCE = 300, 200, 400, 1200


@dataclass(frozen=True, slots=True)
class Parts:
    """What people wrote. An empty string is a part that is not found yet; `whats` always has three places."""

    who: str = ""
    whats: tuple[str, str, str] = ("", "", "")
    why: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every part is there."""
        return all((self.who, *self.whats, self.why))


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around the parts: `lead` who `to` what `comma` what `last` what `so_that` why `end`. Spaces included."""

    lead: str
    to: str
    last: str
    so_that: str
    comma: str = ", "
    end: str = "."


FRAMES = {
    "en": Frame("We bring together ", " to ", " and ", ", so that "),
    "de": Frame("Wir bringen ", " zusammen, um ", " und ", ", damit "),
    "fr": Frame("Nous réunissons ", " pour ", " et ", ", pour que "),
    "es": Frame("Reunimos a ", " para ", " y ", ", para que "),
    "it": Frame("Riuniamo ", " per ", " e ", ", affinché "),
    "pl": Frame("Łączymy ", ", aby ", " i ", ", żeby "),
    "nl": Frame("Wij brengen ", " samen om ", " en ", ", zodat "),
    "pt": Frame("Reunimos ", " para ", " e ", ", para que "),
    "sv": Frame("Vi för samman ", " för att ", " och ", ", så att "),
    "da": Frame("Vi bringer ", " sammen for at ", " og ", ", så "),
    "no": Frame("Vi bringer sammen ", " for å ", " og ", ", slik at "),
    "is": Frame("Við leiðum saman ", " til að ", " og ", ", svo að "),
    "fi": Frame("Tuomme yhteen ", ", jotta voimme ", " ja ", ", niin että "),
    "et": Frame("Me toome kokku ", ", et ", " ja ", ", nii et "),
    "lv": Frame("Mēs savedam kopā ", ", lai ", " un ", ", tā ka "),
    "lt": Frame("Mes suburiame ", ", kad galėtume ", " ir ", ", jog "),
    "cs": Frame("Spojujeme ", ", abychom mohli ", " a ", ", aby "),
    "sk": Frame("Spájame ", ", aby sme mohli ", " a ", ", aby "),
    "sl": Frame("Povezujemo ", ", da bi lahko ", " in ", ", zato da "),
    "hr": Frame("Povezujemo ", " kako bismo mogli ", " i ", ", da "),
    "sr": Frame("Повезујемо ", " да бисмо могли ", " и ", ", тако да "),
    "bg": Frame("Събираме ", ", за да ", " и ", ", така че "),
    "uk": Frame("Ми об’єднуємо ", ", щоб ", " і ", ", аби "),
    "ro": Frame("Reunim ", " pentru a ", " și ", ", astfel încât "),
    "hu": Frame("Összehozzuk ", ", hogy ", " és ", ", azért, hogy "),
    "el": Frame("Φέρνουμε κοντά ", " για να ", " και ", ", ώστε "),
    "tr": Frame("", " bir araya getiriyoruz: ", " ve ", ". Çünkü "),
    "ga": Frame("Tugaimid le chéile ", " chun ", " agus ", ", ionas go "),
    "mt": Frame("Aħna niġbru flimkien ", " biex ", " u ", ", sabiex "),
    "ar": Frame("نجمع ", " من أجل ", " و", "، لكي ", "، "),
    "he": Frame("אנחנו מפגישים ", " כדי ", " ו", ", למען "),
}


def frame(language: str) -> Frame:
    """Return the frame of this language; the English one where there is none."""
    return FRAMES.get(language.partition("-")[0].lower(), FRAMES["en"])


def sentence(parts: Parts, language: str, *, gap: str = "…") -> str:
    """Return the sentence as far as it has grown; `gap` stands for a part that is not found yet."""
    around = frame(language)
    who, why = parts.who or gap, parts.why or gap
    first, second, third = (what or gap for what in parts.whats)
    grown = (
        f"{around.lead}{who}{around.to}{first}{around.comma}{second}{around.last}{third}{around.so_that}{why}"
    )
    return grown.rstrip(" .") + around.end
