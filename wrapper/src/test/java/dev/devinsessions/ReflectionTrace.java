package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassObjectReference;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a program under a debugger and notes what it does by reflection: the classes that are looked
 * into, the methods and constructors that are called, and the fields that are read or set, as
 * {@code class#name}.
 */
final class ReflectionTrace {
  private static final Map<String, Set<String>> WATCHED =
      Map.of(
          "java.lang.Class",
          Set.of(
              "getConstructor",
              "getConstructors",
              "getDeclaredConstructor",
              "getDeclaredConstructors",
              "getDeclaredField",
              "getDeclaredFields",
              "getDeclaredMethod",
              "getDeclaredMethods",
              "getField",
              "getFields",
              "getMethod",
              "getMethods"),
          "java.lang.reflect.Method",
          Set.of("invoke"),
          "java.lang.reflect.Field",
          Set.of("get", "set"),
          "java.lang.reflect.Constructor",
          Set.of("newInstance"));
  private static final int MINUTES = 2;

  private final Set<String> touched = new TreeSet<>();

  private ReflectionTrace() {}

  static Set<String> of(Path log, String... program) throws Exception {
    ListeningConnector connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(c -> c.name().equals("com.sun.jdi.SocketListen"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> settings = connector.defaultArguments();
    settings.get("localAddress").setValue("127.0.0.1");
    settings.get("timeout").setValue(Long.toString(TimeUnit.MINUTES.toMillis(MINUTES)));
    String port = connector.startListening(settings).replaceFirst(".*:", "");
    Process process = null;
    try {
      process = start(log, port, program);
      ReflectionTrace trace = new ReflectionTrace();
      trace.follow(connector.accept(settings));
      assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "it does not end");
      assertEquals(0, process.exitValue(), Files.readString(log));
      return trace.touched;
    } finally {
      connector.stopListening(settings);
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  private static Process start(Path log, String port, String... program) throws Exception {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-agentlib:jdwp=transport=dt_socket,suspend=y,address=127.0.0.1:" + port,
            "-cp",
            System.getProperty("java.class.path"));
    return new ProcessBuilder(Stream.concat(java, Stream.of(program)).collect(Collectors.toList()))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private void follow(VirtualMachine vm) throws InterruptedException {
    WATCHED.forEach(
        (type, methods) -> {
          // Some classes are ready before the program, others when they are first used.
          vm.classesByName(type).forEach(ready -> stopAt(ready, methods));
          ClassPrepareRequest request = vm.eventRequestManager().createClassPrepareRequest();
          request.addClassFilter(type);
          request.enable();
        });
    try {
      while (true) {
        EventSet events = vm.eventQueue().remove();
        for (Event event : events) {
          if (event instanceof BreakpointEvent) {
            note((BreakpointEvent) event);
          } else if (event instanceof ClassPrepareEvent) {
            ReferenceType type = ((ClassPrepareEvent) event).referenceType();
            stopAt(type, WATCHED.get(type.name()));
          }
        }
        events.resume();
      }
    } catch (VMDisconnectedException itHasEnded) {
      // So has the trace.
    }
  }

  private static void stopAt(ReferenceType type, Set<String> methods) {
    for (Method method : type.methods()) {
      if (method.isPublic() && methods.contains(method.name())) {
        BreakpointRequest request =
            type.virtualMachine().eventRequestManager().createBreakpointRequest(method.location());
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.enable();
      }
    }
  }

  private void note(BreakpointEvent event) {
    try {
      ObjectReference subject = event.thread().frame(0).thisObject();
      if (subject instanceof ClassObjectReference) {
        touched.add(((ClassObjectReference) subject).reflectedType().name());
        return;
      }
      ReferenceType kind = subject.referenceType();
      ClassObjectReference type =
          (ClassObjectReference) subject.getValue(kind.fieldByName("clazz"));
      String name =
          kind.fieldByName("name") == null
              ? "<init>"
              : ((StringReference) subject.getValue(kind.fieldByName("name"))).value();
      touched.add(type.reflectedType().name() + "#" + name);
    } catch (com.sun.jdi.IncompatibleThreadStateException e) {
      throw new IllegalStateException("a thread at a breakpoint is not suspended", e);
    }
  }
}
