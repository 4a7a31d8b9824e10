export { type CommandResult, type Log, runCommand, stopRunningCommands } from './command';
export { Explained, explain } from './failure';
export { N8N_1, N8N_2, type N8nRuntime, type N8nVersion, ensureN8n, hasN8n } from './n8nRuntime';
export { type N8nOptions, N8nInstance, prepareN8n, startN8n } from './n8nInstance';
export {
	type Credential,
	type Execution,
	type ExecutionSummary,
	type ManualRun,
	N8nApi,
	OWNER,
	type WebhookRequest,
	type WebhookResponse,
	type Workflow,
} from './n8nApi';
export {
	NODE_UNDER_TEST,
	type NodeRun,
	type NodeRunResult,
	type SerialisedError,
	runNode,
} from './runNode';
export { freePort, isPortFree, nextFreePort, requirePort } from './ports';
export { type MailServer, type ReceivedMail, startMailServer } from './mailServer';
