"""The market calendar: an MCP server behind OAuth, the gateways in front of it, and three agents that call its tools.

The twin of examples/market-calendar: the same declarations, and the same templates byte for byte.
"""

from aws_cdk import App, Environment, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from cdk_agentcore_identity import (
    Agent,
    AgentHost,
    AgentOwner,
    Capability,
    ClientSecret,
    CustomOAuth2Provider,
    CustomScope,
    GatewayInbound,
    GatewayTarget,
    IToolGateway,
    OAuth2Discovery,
    OAuthGrantType,
    TargetCredentials,
    TokenIssuer,
    TokenVaultEncryption,
    ToolAccess,
    ToolCallAuthority,
    ToolGateway,
    ToolTarget,
    Users,
)
from constructs import Construct

ENV = Environment(account="111122223333", region="eu-west-1")

# Where the market's users and machines get their tokens.
MARKET_ISSUER = "https://id.market.example"
DISCOVERY = OAuth2Discovery.url(f"{MARKET_ISSUER}/.well-known/openid-configuration")

# The scope that the calendar asks for, and the one for changing it.
CALL = "mcp:call"
PROPOSE = "calendar:propose"

LIST_TOOL = "MarketCalendar___list_market_days"
PROPOSE_TOOL = "MarketCalendar___propose_holiday"
VAULT_KEY = "arn:aws:kms:eu-west-1:111122223333:key/5a1b9c3d-7e2f-4a60-8b1c-0d9e8f7a6b5c"


def client_secret(stack: Stack, id: str, encryption_key: kms.IKey) -> ClientSecret:
    secret = secretsmanager.Secret(
        stack,
        id,
        encryption_key=encryption_key,
        generate_secret_string=secretsmanager.SecretStringGenerator(
            secret_string_template="{}", generate_string_key="client_secret"
        ),
    )
    return ClientSecret.from_secrets_manager(secret, "client_secret")


class CalendarStack(Stack):
    """What the market-data team owns: the calendar's MCP server, which takes no call without the scope `mcp:call`, and two
    gateways in front of it. Both call it as themselves, with a client that is registered for that scope alone.

    `tools` is for everybody with a token of the market, `inside` for roles of the own account.
    """

    def __init__(self, scope: Construct, id: str, **props) -> None:
        super().__init__(scope, id, **props)
        owner = AgentOwner.team("market-data", "market-data@example.com")
        key = kms.Key(
            self, "Key", description="Protects the secret of the gateways' client, and the gateways", enable_key_rotation=True
        )
        # The platform team has put the account's token vault under this key.
        TokenVaultEncryption.from_key(self, "TokenVault", kms.Key.from_key_arn(self, "VaultKey", VAULT_KEY))
        client = CustomOAuth2Provider(
            self,
            "CalendarClient",
            provider_name="market-calendar",
            client_id="calendar-gateway",
            client_secret=client_secret(self, "CalendarClientSecret", key),
            discovery=DISCOVERY,
        )

        self.tools = ToolGateway(
            self,
            "Tools",
            owner=owner,
            encryption_key=key,
            inbound=GatewayInbound.jwt(issuer=MARKET_ISSUER, audiences=["market-tools"]),
        )
        calendar = self._calendar(self.tools, client)
        calendar.tool("list_market_days").requires(ToolAccess.all_scopes(CALL))
        calendar.tool("propose_holiday").requires(ToolAccess.all_scopes(CALL, PROPOSE))

        self.inside = ToolGateway(self, "Inside", owner=owner, encryption_key=key, inbound=GatewayInbound.iam())
        self._calendar(self.inside, client).tool("propose_holiday").requires(ToolAccess.nobody())

    def _calendar(self, gateway: ToolGateway, client: CustomOAuth2Provider) -> ToolTarget:
        return gateway.add_target(
            "MarketCalendar",
            GatewayTarget.mcp_server("https://calendar.market.example/mcp"),
            credentials=TargetCredentials.oauth2(
                client, grant_type=OAuthGrantType.CLIENT_CREDENTIALS, scopes=[CustomScope.of(CALL)]
            ),
            description="The days on which markets are open",
        )


class AgentsStack(Stack):
    """Three agents, each with another authority: a machine client, the user's own token, the agent's role."""

    def __init__(self, scope: Construct, id: str, *, tools: IToolGateway, inside: IToolGateway, **props) -> None:
        super().__init__(scope, id, **props)
        key = kms.Key(
            self, "SecretsKey", description="Protects the secret of the scheduler's client", enable_key_rotation=True
        )
        client = CustomOAuth2Provider(
            self,
            "SchedulerClient",
            provider_name="market-scheduler",
            client_id="scheduler",
            client_secret=client_secret(self, "SchedulerClientSecret", key),
            discovery=DISCOVERY,
        )

        self._agent(
            "Scheduler",
            Capability.call_tools(
                tools,
                tools=[LIST_TOOL],
                authority=ToolCallAuthority.machine_client(client, scopes=[CustomScope.of(CALL)], audiences=["market-tools"]),
                reason="Plans nightly jobs around the days on which markets are closed",
            ),
        )
        self._agent(
            "Desk",
            Capability.call_tools(
                tools,
                tools=[LIST_TOOL, PROPOSE_TOOL],
                authority=ToolCallAuthority.user_token(
                    users=Users.any_of_the_issuer(reason="The calendar's scopes decide what a user may do, not the agent")
                ),
                reason="Answers traders, and hands in the holidays that they propose",
            ),
            callers=[TokenIssuer.oidc(issuer=MARKET_ISSUER, audiences=["market-tools"])],
        )
        self._agent(
            "Reporter",
            Capability.call_tools(
                inside,
                tools=[LIST_TOOL],
                authority=ToolCallAuthority.agent_role(),
                reason="Marks closed days in the monthly report",
            ),
        )

    def _agent(self, name: str, capability: Capability, callers: list[TokenIssuer] | None = None) -> None:
        """The function reads from its environment where the gateway is, which tools it may call, and how it gets in."""
        fn = lambda_.Function(
            self,
            f"{name}Function",
            runtime=lambda_.Runtime.NODEJS_24_X,
            architecture=lambda_.Architecture.ARM_64,
            handler="index.handler",
            code=lambda_.Code.from_inline(
                "exports.handler = async () => "
                "JSON.parse(process.env.AGENT).capabilities.map(({ gatewayUrl, tools }) => ({ gatewayUrl, tools }));"
            ),
        )
        agent = Agent(
            self,
            name,
            owner=AgentOwner.team("trading-tools", "trading-tools@example.com"),
            host=AgentHost.lambda_function(fn),
            callers=callers,
        )
        agent.may(capability)
        fn.add_environment("AGENT", agent.manifest)


def market_app() -> App:
    app = App()
    calendar = CalendarStack(app, "Calendar", env=ENV)
    AgentsStack(app, "Agents", env=ENV, tools=calendar.tools, inside=calendar.inside)
    return app


if __name__ == "__main__":
    market_app().synth()
