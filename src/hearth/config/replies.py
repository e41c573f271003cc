"""What a mail to one of our addresses is: beginning of the address -> handler."""

from hearth.conversations.inbound import answer_by_mail

REPLIES = {
    "answer": answer_by_mail,
}
