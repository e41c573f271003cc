"""What a mail to one of our addresses is: beginning of the address -> handler."""

from hearth.channels.inbound import greet_by_mail
from hearth.conversations.inbound import answer_by_mail

REPLIES = {
    "answer": answer_by_mail,
    "hello": greet_by_mail,
}
