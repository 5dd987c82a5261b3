/** Facts that go with a message; they become fields of the JSON line. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured log: one JSON object per line, each with the identifiers of the CloudFormation request. */
export class Log {
  constructor(
    private readonly write: (line: string) => void,
    private readonly redact: (text: string) => string,
    private readonly context: LogFields = {},
  ) {}

  /** What happened, as planned. */
  public info(message: string, fields: LogFields = {}): void {
    this.line('INFO', message, fields);
  }

  /** What somebody may want to look at: a retry, a vault that was left as it is. */
  public warn(message: string, fields: LogFields = {}): void {
    this.line('WARN', message, fields);
  }

  /** Why the request failed, or why its answer may not have arrived. */
  public error(message: string, fields: LogFields = {}): void {
    this.line('ERROR', message, fields);
  }

  private line(level: string, message: string, fields: LogFields): void {
    this.write(this.redact(JSON.stringify({ level, message, ...this.context, ...fields })));
  }
}
