"""Routes of sign-in and account, the same on the network's host and inside every community.

Names that begin with `mfa_` or `account_login` are those by which django-allauth finds its way.
"""

from django.urls import path

from hearth.accounts.views import account, second_step, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("sign-in/again/", sign_in.sign_in_again, name="sign_in_again"),
    path("sign-in/link/<slug:token>/", sign_in.sign_in_link, name="sign_in_link"),
    path("sign-in/who/", sign_in.sign_in_who, name="sign_in_who"),
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", second_step.passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("signed-out/", sign_in.signed_out, name="signed_out"),
    path("account/", account.account, name="account"),
    path("account/name/", account.account_name, name="account_name"),
    path("account/language/", account.account_language, name="account_language"),
    path("account/time-zone/", account.account_time_zone, name="account_time_zone"),
    path("account/devices/", account.devices, name="devices"),
    path("account/devices/end/", account.device_end, name="device_end"),
    path("account/devices/end-others/", account.devices_end_others, name="devices_end_others"),
    path("account/confirm/", second_step.confirm, name="confirm"),
    path("account/confirm/code/", second_step.once_more_by_code, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", second_step.once_more_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/second-step/", second_step.second_step, name="mfa_index"),
    path("account/second-step/needed/", second_step.second_step_needed, name="second_step_needed"),
    path("account/second-step/app/", second_step.app_add, name="mfa_activate_totp"),
    path("account/second-step/app/remove/", second_step.app_remove, name="mfa_deactivate_totp"),
    path("account/second-step/codes/", second_step.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/second-step/codes/file/", second_step.recovery_codes_file, name="mfa_download_recovery_codes"
    ),
    path("account/second-step/codes/new/", second_step.codes_renew, name="mfa_generate_recovery_codes"),
    path("account/passkeys/add/", second_step.passkey_add, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name/", second_step.passkey_name, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", second_step.passkey_remove, name="mfa_remove_webauthn"),
]
