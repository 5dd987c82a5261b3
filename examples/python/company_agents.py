"""A company's agents: the platform team owns the providers, two teams own three agents.

The twin of examples/company-agents: the same declarations, and the same templates byte for byte.
"""

from pathlib import Path

from aws_cdk import App, Environment, Stack
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_ssm as ssm
from cdk_agentcore_identity import (
    Agent,
    AgentHost,
    AgentOwner,
    AgentPart,
    ApiKey,
    ApiKeyAuthority,
    ApiKeyProvider,
    Capability,
    ClientSecret,
    CustomOAuth2Provider,
    CustomScope,
    GitHubOAuth2Provider,
    GitHubScope,
    GoogleOAuth2Provider,
    GoogleScope,
    IApiKeyProvider,
    IOAuth2Provider,
    OAuth2Discovery,
    OAuth2Provider,
    TokenIssuer,
    TokenVaultEncryption,
    Users,
)
from constructs import Construct

ENV = Environment(account="111122223333", region="eu-west-1")
EMPLOYEES = TokenIssuer.oidc(issuer="https://acme.okta.com/oauth2/default", audiences=["api://agents"])
RETURN_URLS = ["https://agents.acme.example/oauth/return"]
CODE = Path(__file__).parent.parent / "company-agents"


def function(stack: Stack, id: str, folder: str) -> lambda_.Function:
    return lambda_.Function(
        stack,
        id,
        runtime=lambda_.Runtime.NODEJS_24_X,
        architecture=lambda_.Architecture.ARM_64,
        handler="index.handler",
        code=lambda_.Code.from_asset(str(CODE / folder)),
    )


class PlatformStack(Stack):
    """What the platform team owns: the clients at Google, GitHub and the ticket system, their secrets, and the vault's key.

    CloudFormation makes each secret with a random value in the right shape; the platform team puts the real one in after the
    first deployment, and rotates it there.
    """

    def __init__(self, scope: Construct, id: str, **props) -> None:
        super().__init__(scope, id, **props)
        self.key = kms.Key(
            self, "AgentSecretsKey", description="Protects the secrets behind the agents' providers", enable_key_rotation=True
        )

        # Users' access and refresh tokens are in the token vault; nobody can decrypt them but AgentCore for an agent's role.
        TokenVaultEncryption(self, "TokenVault")

        self.google = GoogleOAuth2Provider(
            self,
            "Google",
            provider_name="acme-google-calendar",
            client_id="402017748393-agents.apps.googleusercontent.com",
            client_secret=ClientSecret.from_secrets_manager(self._secret("GoogleClient", "client_secret"), "client_secret"),
        )
        self.weather = ApiKeyProvider(
            self,
            "Weather",
            provider_name="acme-weather",
            api_key=ApiKey.from_secrets_manager(self._secret("WeatherKey", "api_key"), "api_key"),
        )

        # Two clients for the ticket system: IAM cannot tell grant types and scopes of one client apart, so reading as a machine
        # and writing as a user each get their own.
        tickets = OAuth2Discovery.url("https://acme.okta.com/oauth2/tickets/.well-known/openid-configuration")
        self.tickets_as_machine = CustomOAuth2Provider(
            self,
            "TicketsAsMachine",
            provider_name="acme-tickets-machine",
            client_id="0oa1triagemachine",
            client_secret=ClientSecret.from_secrets_manager(self._secret("TicketsMachineClient", "client_secret"), "client_secret"),
            discovery=tickets,
        )
        self.tickets_as_user = CustomOAuth2Provider(
            self,
            "TicketsAsUser",
            provider_name="acme-tickets-user",
            client_id="0oa2triageuser",
            client_secret=ClientSecret.from_secrets_manager(self._secret("TicketsUserClient", "client_secret"), "client_secret"),
            discovery=tickets,
        )

        # The GitHub agent lives in another team's repository, which knows the provider by name and its secret by this parameter.
        github_client = self._secret("GitHubClient", "client_secret")
        GitHubOAuth2Provider(
            self,
            "GitHub",
            provider_name="acme-github",
            client_id="Iv1.8a61f9b3a7aba766",
            client_secret=ClientSecret.from_secrets_manager(github_client, "client_secret"),
        )
        ssm.StringParameter(
            self,
            "GitHubClientSecretArn",
            parameter_name="/agents/providers/acme-github/secret-arn",
            string_value=github_client.secret_arn,
        )
        ssm.StringParameter(self, "AgentSecretsKeyArn", parameter_name="/agents/secrets-key-arn", string_value=self.key.key_arn)

    def _secret(self, id: str, member: str) -> secretsmanager.Secret:
        return secretsmanager.Secret(
            self,
            id,
            encryption_key=self.key,
            generate_secret_string=secretsmanager.SecretStringGenerator(secret_string_template="{}", generate_string_key=member),
        )


class SalesStack(Stack):
    """The sales team's scheduling agent: reads Google Calendar as the signed-in account manager."""

    def __init__(self, scope: Construct, id: str, *, google: IOAuth2Provider, weather: IApiKeyProvider, **props) -> None:
        super().__init__(scope, id, **props)

        scheduler_function = function(self, "SchedulerFunction", "scheduler")
        scheduler = Agent(
            self,
            "Scheduler",
            owner=AgentOwner.team("sales-tools", "sales-tools@example.com"),
            host=AgentHost.lambda_function(scheduler_function),
            parts=[
                AgentPart.return_page(
                    "ReturnPage", AgentHost.lambda_function(function(self, "ReturnPageFunction", "return-page"))
                )
            ],
            callers=[EMPLOYEES],
            return_urls=RETURN_URLS,
        )

        scheduler.may(
            Capability.act_as_user(
                google,
                scopes=[GoogleScope.CALENDAR_READONLY],
                users=Users.in_group("sales"),
                enforced_by_application='The function refuses tokens whose groups claim lacks "sales" before it mints '
                "(scheduler/index.mjs)",
                reason="Finds free slots for account managers and their customers",
            ),
            Capability.use_api_key(
                weather,
                authority=ApiKeyAuthority.USER_SESSION,
                reason="Adds the forecast to invitations for visits on site",
            ),
        )

        scheduler_function.add_environment("AGENT", scheduler.manifest)


class EngineeringStack(Stack):
    """The engineering team's two agents. Each has a return page with a role of its own: inside one role, IAM could not keep
    the sessions of the two apart."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        tickets_as_machine: IOAuth2Provider,
        tickets_as_user: IOAuth2Provider,
        **props,
    ) -> None:
        super().__init__(scope, id, **props)
        self._pull_requests()
        self._triage(tickets_as_machine, tickets_as_user)

    def _pull_requests(self) -> None:
        """Reviews pull requests as the engineer who asked, rather than with one token that sees every repository."""
        github = OAuth2Provider.from_provider_name(
            self,
            "GitHub",
            "acme-github",
            vendor="GithubOauth2",
            client_secret=ClientSecret.from_secrets_manager(
                secretsmanager.Secret.from_secret_attributes(
                    self,
                    "GitHubClient",
                    secret_complete_arn=self._parameter("/agents/providers/acme-github/secret-arn"),
                    encryption_key=kms.Key.from_key_arn(self, "AgentSecretsKey", self._parameter("/agents/secrets-key-arn")),
                ),
                "client_secret",
            ),
        )
        task = ecs.FargateTaskDefinition(self, "PullRequestsTask", cpu=512, memory_limit_mib=1024)
        agent = Agent(
            self,
            "PullRequests",
            owner=AgentOwner.team("developer-experience", "devex@example.com"),
            host=AgentHost.ecs_task(task),
            parts=[
                AgentPart.return_page(
                    "ReturnPage", AgentHost.lambda_function(function(self, "PullRequestsReturnPage", "return-page"))
                )
            ],
            callers=[EMPLOYEES],
            return_urls=RETURN_URLS,
        )
        agent.may(
            Capability.act_as_user(
                github,
                scopes=[GitHubScope.REPO],
                users=Users.any_of_the_issuer(
                    reason="Every engineer may ask for a review, and GitHub shows each only their own repositories"
                ),
                reason="Reads and comments on pull requests as the engineer who asked",
            )
        )

        images = ecr.Repository.from_repository_name(self, "AgentImages", "agents/pull-requests")
        task.add_container(
            "agent",
            image=ecs.ContainerImage.from_ecr_repository(images, "2026-11-01"),
            environment={"AGENT": agent.manifest},
            logging=ecs.LogDrivers.aws_logs(stream_prefix="pull-requests", log_retention=logs.RetentionDays.ONE_YEAR),
        )

    def _triage(self, tickets_as_machine: IOAuth2Provider, tickets_as_user: IOAuth2Provider) -> None:
        """Sorts incoming tickets without a user, and writes back only as the engineer who has confirmed it."""
        triage_function = function(self, "TriageFunction", "triage")
        agent = Agent(
            self,
            "Triage",
            owner=AgentOwner.team("support-tools", "support-tools@example.com"),
            host=AgentHost.lambda_function(triage_function),
            parts=[
                AgentPart.return_page(
                    "ReturnPage", AgentHost.lambda_function(function(self, "TriageReturnPage", "return-page"))
                )
            ],
            callers=[EMPLOYEES],
            return_urls=RETURN_URLS,
        )
        agent.may(
            Capability.act_as_itself(
                tickets_as_machine,
                scopes=[CustomScope.of("tickets:read")],
                reason="Classifies each new ticket when the webhook arrives, before anybody has seen it",
            ),
            Capability.act_as_user(
                tickets_as_user,
                scopes=[CustomScope.of("tickets:write")],
                users=Users.any_of_the_issuer(reason="The ticket system itself checks who may write in which project"),
                reason="Writes the answer as the engineer who confirmed it, so that the history names a person",
            ),
        )

        triage_function.add_environment("AGENT", agent.manifest)

    def _parameter(self, name: str) -> str:
        return ssm.StringParameter.value_for_string_parameter(self, name)


def company_app() -> App:
    app = App()
    platform = PlatformStack(app, "Platform", env=ENV)
    SalesStack(app, "Sales", env=ENV, google=platform.google, weather=platform.weather)
    EngineeringStack(
        app,
        "Engineering",
        env=ENV,
        tickets_as_machine=platform.tickets_as_machine,
        tickets_as_user=platform.tickets_as_user,
    )
    return app


if __name__ == "__main__":
    company_app().synth()
