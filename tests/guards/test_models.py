"""Every row belongs to one community, or stands in a short list with its reason."""

import pytest
from django.apps import apps
from django.db import models

from hearth.core.models import NetworkOrTenantModel, TenantModel
from hearth.core.tenancy import ScopeError, tenant
from tests.guards import rules
from tests.people import build


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("hearth.")]


def tenanted() -> list[type[models.Model]]:
    return [model for model in ours() if issubclass(model, TenantModel | NetworkOrTenantModel)]


def test_every_model_has_its_tenant_or_a_reason() -> None:
    assert rules.untenanted(ours(), rules.DEPLOYMENT_MODELS) == []


def test_no_relation_climbs_into_another_package() -> None:
    assert rules.climbing_relations(ours()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", tenanted(), ids=lambda model: model._meta.label)
def test_rows_of_a_tenant_are_not_read_without_a_community(model: type[models.Model]) -> None:
    for read in (
        lambda: model.objects.first(),  # type: ignore[attr-defined]
        lambda: model.objects.filter(pk=1).count(),  # type: ignore[attr-defined]
        lambda: model.objects.update(pk=1),  # type: ignore[attr-defined]
    ):
        with pytest.raises(ScopeError):
            read()


@pytest.mark.django_db
def test_inside_one_community_rows_of_another_are_not_there() -> None:
    north, south = build("north"), build("south")

    for model in tenanted():
        with tenant(north.community):
            communities = set(model.objects.values_list("community_id", flat=True))  # type: ignore[attr-defined]
        assert communities <= {north.community.pk}, model
    with tenant(south.community):
        assert not type(north.topics["open"]).objects.filter(pk=north.topics["open"].pk).exists()
