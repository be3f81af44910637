/** Starts an Apache Kafka in the folder of a run, says where, and waits for its end: a test ends this process in between. */
import { setTimeout as wait } from 'node:timers/promises';
import { Guard } from '#machine/guard.ts';
import { makeRunFolder } from '#machine/work-folder.ts';
import { ApacheKafka } from '../../../labs/kafka/apache-kafka.ts';
import { provideJars } from '../../../labs/kafka/jars.ts';
import { findJava } from '../../../labs/kafka/java.ts';

const guard = new Guard();
const { path } = makeRunFolder({ path: process.argv[2] as string }, (folder) => guard.watchFolder(folder));
const kafka = { java: findJava(), jars: await provideJars(guard, console.error), guard };
const broker = await ApacheKafka.start(kafka, { folder: path });
console.log(JSON.stringify({ pid: broker.pid, folder: path }));
await wait(600_000);
