"""What Discourse made of its posts, told without its own furniture: no avatar, no picture from a foreign server.

Pictures and players become links: pages of Hearth show nothing from elsewhere, and nothing is fetched at an import.
"""

import re
from html import escape, unescape
from urllib.parse import unquote, urljoin

from django.utils.translation import gettext as _

IMAGE = re.compile(r"(<a\b[^>]*>\s*)?<img\b([^>]*)>", re.IGNORECASE)
PLAYER = re.compile(r"<iframe\b([^>]*)>.*?</iframe>", re.IGNORECASE | re.DOTALL)
ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# The size of a picture in words and its two icons, which the forum shows when the mouse is over it.
LIGHTBOX_NOTE = re.compile(r"<div class=\"meta\">.*?</div>", re.DOTALL)
INNER_LINK = re.compile(r"(<a\b[^>]*?\bhref=\")(/[^\"]*)\"", re.IGNORECASE)
FURNITURE = {"avatar", "site-icon", "onebox-avatar", "onebox-avatar-inline", "ytp-thumbnail-image"}
EMOJI = {
    "smile": "😄", "slight_smile": "🙂", "smiley": "😃", "grin": "😁", "grinning": "😀", "laughing": "😆", "joy": "😂",
    "rofl": "🤣", "wink": "😉", "blush": "😊", "heart_eyes": "😍", "sunglasses": "😎", "thinking": "🤔",
    "sweat_smile": "😅", "stuck_out_tongue": "😛", "stuck_out_tongue_winking_eye": "😜", "confused": "😕",
    "frowning": "😦", "slight_frown": "🙁", "neutral_face": "😐", "cry": "😢", "sob": "😭", "open_mouth": "😮",
    "rage": "😡", "sleeping": "😴", "hugs": "🤗", "heart": "❤️", "broken_heart": "💔", "+1": "👍", "thumbsup": "👍",
    "-1": "👎", "clap": "👏", "wave": "👋", "pray": "🙏", "muscle": "💪", "ok_hand": "👌", "point_up": "☝️",
    "tada": "🎉", "fire": "🔥", "rocket": "🚀", "star": "⭐", "sunny": "☀️", "rose": "🌹", "sunflower": "🌻",
    "coffee": "☕", "cake": "🍰", "warning": "⚠️", "white_check_mark": "✅", "x": "❌",
    "slightly_smiling_face": "🙂", "slightly_frowning_face": "🙁", "expressionless": "😑", "unamused": "😒",
    "astonished": "😲", "crazy_face": "🤪", "upside_down_face": "🙃", "roll_eyes": "🙄", "relaxed": "☺️",
    "disappointed": "😞", "angry": "😠", "face_with_raised_eyebrow": "🤨", "grimacing": "😬", "tired_face": "😫",
    "confetti_ball": "🎊", "bulb": "💡", "eyes": "👀", "question": "❓", "heartbeat": "💓", "musical_note": "🎵",
    "fish": "🐟", "bowing_man": "🙇", "nerd": "🤓", "boom": "💥",
}  # fmt: skip


def tell(html: str, site: str = "") -> str:
    """The HTML of a post with words and links for everything that is not text. `site` completes the forum's own links."""
    if site:
        html = INNER_LINK.sub(lambda link: f'{link[1]}{escape(urljoin(site, unescape(link[2])))}"', html)
    if "<iframe" in html:
        html = PLAYER.sub(lambda player: _link(_attributes(player[1]).get("src", ""), ""), html)
    if "<img" in html:
        html = IMAGE.sub(_picture, LIGHTBOX_NOTE.sub("", html))
    return html


def _picture(image: re.Match[str]) -> str:
    link, found = image[1] or "", _attributes(image[2])
    kinds = set(found.get("class", "").split())
    if kinds & FURNITURE:
        return link
    words = found.get("alt") or found.get("title") or ""
    if "emoji" in kinds:
        return link + EMOJI.get(words.strip(":"), words)
    words = escape(unquote(unescape(words)) or _("Picture"))
    return link + words if link else _link(found.get("src", ""), words)


def _link(address: str, words: str) -> str:
    """A link to an address on the web; only the words where the address is none. Both are HTML already."""
    address = "https:" + address if address.startswith("//") else address
    if not address.startswith(("http://", "https://")):
        return words
    return f'<a href="{address}">{words or address}</a>'


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): double or single for name, double, single in ATTRIBUTE.findall(tag)}
