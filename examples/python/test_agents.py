"""What the examples may do, and how a wrong declaration is refused: `python -m unittest` in this folder."""

import unittest

from aws_cdk import App, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_secretsmanager as secretsmanager
from cdk_agentcore_identity import (
    AccessAssertions,
    AccessReport,
    AccessRight,
    AccessRightCondition,
    Agent,
    AgentHost,
    AgentOwner,
    Capability,
    ClientSecret,
    GitHubScope,
    GoogleOAuth2Provider,
    GoogleScope,
    ToolCallAuthority,
    Users,
)
from company_agents import ENV, company_app
from market_calendar import market_app

ARN = "arn:aws:bedrock-agentcore:eu-west-1:111122223333"
SCHEDULER = f"{ARN}:workload-identity-directory/default/workload-identity/Sales-Scheduler-3b6873e7"
ANYBODY = Users.any_of_the_issuer(reason="Every employee may let the agent look for free slots")
FREE_SLOTS = "Finds free slots for account managers and their customers"


class Access(unittest.TestCase):
    """Expectations about a whole app, which is synthesized for them."""

    @classmethod
    def setUpClass(cls):
        cls.scheduler = AccessAssertions.from_app(company_app()).agent_part("Scheduler", "Host")

    def test_the_scheduler_gets_tokens_for_whom_the_issuer_has_signed_in(self):
        self.scheduler.may(
            [
                AccessRight(
                    actions=["bedrock-agentcore:GetWorkloadAccessTokenForJWT"],
                    resources=[SCHEDULER],
                    conditions=[
                        AccessRightCondition(
                            condition_operator="StringEquals",
                            key="bedrock-agentcore:InboundJwtClaim/iss",
                            values=["https://acme.okta.com/oauth2/default"],
                        ),
                        AccessRightCondition(
                            condition_operator="ForAnyValue:StringEquals",
                            key="bedrock-agentcore:InboundJwtClaim/aud",
                            values=["api://agents"],
                        ),
                    ],
                )
            ]
        )
        self.scheduler.may_not(
            [AccessRight(actions=["bedrock-agentcore:GetWorkloadAccessTokenForUserId"])],
            foreign_policies=["service-role/AWSLambdaBasicExecutionRole"],
        )

    def test_an_expectation_that_does_not_hold_is_an_error(self):
        with self.assertRaisesRegex(RuntimeError, "part Host of agent Scheduler may not .*GetWorkloadAccessTokenForJWT"):
            self.scheduler.may([AccessRight(actions=["bedrock-agentcore:GetWorkloadAccessTokenForJWT"], resources=[SCHEDULER])])

    def test_the_report_says_who_may_call_a_tool(self):
        report = AccessReport.of(market_app()).to_markdown()
        self.assertIn("| `propose_holiday` | permit all of the scopes mcp:call, calendar:propose: **Cedar** |", report)


class Refusals(unittest.TestCase):
    """The library's refusals are RuntimeErrors; their text ends with a stable code and, in a construct, its path."""

    def setUp(self):
        self.app = App()
        self.stack = Stack(self.app, "Sales", env=ENV)
        self.secret = ClientSecret.from_secrets_manager(secretsmanager.Secret(self.stack, "Client"), "client_secret")

    def google(self, **props) -> GoogleOAuth2Provider:
        return GoogleOAuth2Provider(self.stack, "Google", **{"client_id": "calendar", "client_secret": self.secret, **props})

    def test_independent_problems_come_together(self):
        with self.assertRaises(RuntimeError) as refused:
            self.google(provider_name="my calendar", client_id="")
        self.assertIn("[Provider/Name] at Sales/Google", str(refused.exception))
        self.assertIn("[OAuth2Provider/ClientId] at Sales/Google", str(refused.exception))

    def test_scopes_of_another_vendor(self):
        with self.assertRaisesRegex(RuntimeError, r"\[Capability/ScopeOfOtherVendor\]"):
            Capability.act_as_user(self.google(), scopes=[GitHubScope.REPO], users=ANYBODY, reason=FREE_SLOTS)

    def test_what_is_missing_shows_at_synthesis(self):
        role = iam.Role(self.stack, "Role", assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"))
        scheduler = Agent(
            self.stack, "Scheduler", owner=AgentOwner.team("sales-tools", "sales-tools@example.com"), host=AgentHost.role(role)
        )
        scheduler.may(
            Capability.act_as_user(self.google(), scopes=[GoogleScope.CALENDAR_READONLY], users=ANYBODY, reason=FREE_SLOTS)
        )
        with self.assertRaises(RuntimeError) as refused:
            self.app.synth()
        self.assertIn("[Agent/CallersMissing] at Sales/Scheduler", str(refused.exception))
        self.assertIn("[Agent/ReturnUrlMissing] at Sales/Scheduler", str(refused.exception))

    def test_a_secret_as_a_value_is_refused_by_its_type(self):
        with self.assertRaises(TypeError):
            self.google(client_secret="not-a-reference")

    def test_what_has_factories_is_made_by_them(self):
        for made_by_factories in (Capability, ToolCallAuthority, Users):
            with self.assertRaises(AttributeError):
                made_by_factories()
