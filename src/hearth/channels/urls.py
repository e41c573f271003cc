"""Addresses of the operator's pages about mail; on the network's host."""

from django.urls import path

from hearth.channels.views import outbox, setting_up, testing

urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:delivery_id>/", outbox.outbox_mail, name="outbox_mail"),
    path("inbox/", outbox.inbox, name="inbox"),
    path("mail/", setting_up.mail, name="mail"),
    path("mail/provider/", setting_up.mail_provider, name="mail_provider"),
    path("mail/server/", setting_up.mail_server, name="mail_server"),
    path("mail/address/", setting_up.mail_sender, name="mail_sender"),
    path("mail/user/", setting_up.mail_user, name="mail_user"),
    path("mail/password/", setting_up.mail_password, name="mail_password"),
    path("mail/test/", testing.mail_test, name="mail_test"),
    path("mail/lines/", testing.mail_lines, name="mail_lines"),
    path("mail/lines/send/", testing.mail_lines_send, name="mail_lines_send"),
    path("mail/stop/", setting_up.mail_forget, name="mail_forget"),
]
