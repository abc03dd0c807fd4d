import { Uri, type ExtensionContext } from 'vscode';
import { registerStoreCommands } from './host/connections/commands';
import { ConfigFiles } from './host/connections/config-files';
import { Connections } from './host/connections/connections';
import { OpenedStores } from './host/connections/opened-stores';
import { registerDocumentCommands } from './host/documents/commands';
import { StateDocuments } from './host/documents/provider';
import { StoreEditor } from './host/editor/store-editor';
import { registerExportCommands } from './host/export/commands';
import { registerMappingCommand } from './host/mapping/map-columns';
import { Commands } from './host/platform/commands';
import { forkedEngines } from './host/platform/forked-engines';
import { createLogger } from './host/platform/logger';
import { Notices } from './host/platform/notices';
import { registerReducerCommands } from './host/reducers/set-reducer';
import { registerTimelineCommands } from './host/timeline/commands';
import { TimelineEngines } from './host/timeline/engines';
import { PageMemory } from './host/timeline/page-memory';
import { TimelinePanels } from './host/timeline/panels';
import { StoreView } from './host/tree/view';

/** What other extensions and the tests get from `activate`. */
export interface LeftfoldApi {
  readonly version: string;
  /** The tree's provider and view, to look at its rows without a screen. */
  readonly view: StoreView;
  readonly stores: Connections;
  readonly timelines: TimelinePanels;
}

/** Builds the parts of the host and hands them to each other. Called by VS Code with the first use of one of them. */
export async function activate(context: ExtensionContext): Promise<LeftfoldApi> {
  const { extensionUri, globalState, subscriptions, workspaceState } = context;
  const own = <T extends { dispose(): unknown }>(part: T): T => {
    subscriptions.push(part);
    return part;
  };

  const log = own(createLogger());
  const notices = new Notices(log);
  const commands = new Commands(log, notices);
  const starter = forkedEngines(Uri.joinPath(extensionUri, 'dist', 'engine.js').fsPath, log);

  const configs = own(new ConfigFiles(globalState, log));
  await configs.start();
  const stores = own(new Connections(new OpenedStores(workspaceState), configs, starter, log));
  const engines = new TimelineEngines(starter, stores, configs);
  const memory = new PageMemory(workspaceState);
  const timelines = own(new TimelinePanels({ extensionUri, engines, memory, log }, stores, configs));
  const view = own(new StoreView(commands, stores, configs));

  own(registerStoreCommands({ commands, notices, stores, configs, reveal: (store) => view.reveal(store) }));
  own(registerTimelineCommands(commands, stores, timelines));
  own(new StateDocuments(stores, timelines));
  own(registerDocumentCommands(commands, stores, timelines));
  own(registerExportCommands({ commands, notices, stores, timelines }));
  own(registerMappingCommand({ commands, notices, stores, configs }));
  own(registerReducerCommands({ commands, notices, stores, configs, timelines }));
  own(StoreEditor.register({ extensionUri, stores, timelines, log }));
  own(commands.register('leftfold.showLog', () => log.show()));

  const version = (context.extension.packageJSON as { version: string }).version;
  log.info(`Leftfold ${version}`);
  return { version, view, stores, timelines };
}
